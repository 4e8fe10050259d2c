import { gather, type Finding } from "../finding";
import { managersOf } from "../facts/envoy/bootstrap";
import { ecsServices, sidecarOf, type Sidecar } from "../facts/sidecar";
import type { Resource, Stack } from "../facts/stack";
import { containersOf, taskDefinitionOf } from "../facts/taskDefinitions";
import type { Value } from "../facts/value";
import { eachProxy } from "../requirements/proxies";
import { sendsStatistics, tracesRequests } from "../requirements/tracing";
import { each, type Rule } from "../rule";

/** Fields without which a log line says neither who called whom nor what became of it. */
const logged = ["%RESPONSE_CODE%", "%UPSTREAM_CLUSTER%", "%DURATION%", "%REQ(X-REQUEST-ID)%"];

/** ADR-003: what services say to each other can be followed. */
export function meshObservability(): Rule {
    return {
        id: "mesh-observability",
        title: "Every hop can be followed",
        description:
            "Every listener of every proxy logs each request with its outcome and traces requests, every proxy sends its statistics to the collector beside it, and every container logs to a log group of this program.",
        clause: "Service-to-service communication metrics; X-Ray distributed tracing; Log aggregation",
        severity: "medium",
        controls: ["Security Hub ECS.9", "cdk-nag AwsSolutions-ECS7"],
        remediation:
            "give ServiceMesh its telemetry, and leave access_log and tracing of the listeners, stats_sinks and logConfiguration of the containers as generated.",
        settings: {},
        waiting: { 1: "the proxies that would log and trace each request do not run yet; containers log" },
        checks: (stack) => {
            const groups = logGroups(stack);
            return [
                ...eachProxy(stack, (service) => isFollowed(sidecarOf(service))),
                ...each(ecsServices(stack), (service) =>
                    containersOf(taskDefinitionOf(service)).flatMap((each) => logsTo(each, groups)),
                ),
            ];
        },
    };
}

function isFollowed({ bootstrap }: Sidecar): readonly Finding[] {
    const managers = managersOf(bootstrap.listeners);
    return gather(
        () => managers.flatMap(logsRequests),
        () => managers.flatMap((manager) => tracesRequests(manager, bootstrap)),
        () => sendsStatistics(bootstrap),
    );
}

function logGroups(stack: Stack): ReadonlySet<string | undefined> {
    const all: readonly Resource[] = stack.ofType("aws:cloudwatch/logGroup:LogGroup");
    return new Set(all.map(({ props }) => props.get("name").text));
}

/** Health checks may be left out: they would be most of the log. */
function logsRequests(manager: Value): readonly Finding[] {
    const logs = manager.get("access_log");
    const holds = logs.items().some((log) => {
        const filter = log.get("filter");
        const isWhole =
            filter.isMissing ||
            (filter.fields.length === 1 && !filter.get("not_health_check_filter").isMissing);
        const text = JSON.stringify(log.get("typed_config").plain ?? {});
        return isWhole && logged.every((field) => text.includes(field));
    });
    return logs.require(holds, `a log of every request with ${logged.join(", ")}`, "none like that");
}

function logsTo(container: Value, groups: ReadonlySet<string | undefined>): readonly Finding[] {
    const configuration = container.get("logConfiguration");
    const group = configuration.get("options", "awslogs-group");
    return configuration.get("logDriver").text === "awslogs"
        ? group.require(groups.has(group.text), "the name of a log group of this program")
        : [];
}
