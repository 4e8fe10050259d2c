import { alarmsHeard, type Alarm, type Watched } from "../facts/alarms";
import { memberName } from "../facts/callGraph";
import { restApiOf } from "../facts/gateway/apis";
import { once } from "../facts/memo";
import { observedIn } from "../facts/observed";
import { phaseOf } from "../facts/phase";
import type { Resource, Stack } from "../facts/stack";
import type { Finding } from "../finding";
import { each, type Rule } from "../rule";

const targetGroupTypes = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];
/** API Gateway gives a request up after 29 s: no latency is longer. */
const longestMilliseconds = 29_000;

/** ADR-003: somebody is told when clients fail, wait, or find nobody. */
export function observabilityAlarms(): Rule {
    return {
        id: "observability-alarms",
        title: "Alarms that somebody hears",
        description:
            "Every public API has alarms for its share of server errors and for a percentile of its latency, every service one for the tasks that it lacks, every load balancer in front of it one for unhealthy hosts; each can ring, and somebody is told.",
        clause: "Error rates and latency; Health check status; Custom metrics and alerts",
        severity: "medium",
        controls: ["Security Hub CloudWatch.17"],
        remediation:
            "watch the API and its services with TrafficObservability, and leave actions and thresholds of its alarms as generated or stricter.",
        settings: {},
        waiting: {
            1: "AWS counts the tasks of services without proxies, and nobody is told; APIs are held to it",
            2: "the internal load balancer leads to applications, whose hosts nobody is told of; APIs and services are held to it",
        },
        checks: (stack) => {
            const { stages, services } = observedIn(stack);
            const alarms = once(() => alarmsHeard(stack));
            return [
                ...each(stages, (stage) => watchesApi(stage, alarms())),
                ...each(services, (service) => [
                    ...watchesTasks(service, alarms()),
                    ...(phaseOf(stack).plainEntrance ? [] : watchesHosts(service, alarms(), stack)),
                ]),
            ];
        },
    };
}

function watchesApi(stage: Resource, alarms: readonly Alarm[]): readonly Finding[] {
    const api = restApiOf(stage).props.get("name").text;
    const name = stage.props.get("stageName").text;
    const isOf = ({ namespace, dimensions }: Watched): boolean =>
        namespace === "AWS/ApiGateway" &&
        dimensions.get("ApiName").text === api &&
        (dimensions.get("Stage").isMissing || dimensions.get("Stage").text === name);
    const errors = alarms.some(
        ({ isShare, metrics, threshold }) =>
            metrics.some((metric) => isOf(metric) && metric.name === "5XXError") &&
            isBelow(threshold.number, isShare ? 1 : Infinity),
    );
    const latency = alarms.some(
        ({ metrics, threshold }) =>
            metrics.some(
                (metric) =>
                    isOf(metric) &&
                    /^(Integration)?Latency$/.test(metric.name ?? "") &&
                    /^p\d/.test(metric.statistic ?? ""),
            ) && isBelow(threshold.number, longestMilliseconds),
    );
    return [
        ...(errors ? [] : [lacking(`5XXError of ${api ?? "the API"}`, "one for its server errors")]),
        ...(latency
            ? []
            : [lacking(`Latency of ${api ?? "the API"}`, `one for a percentile of its latency`)]),
    ];
}

function isBelow(threshold: number | undefined, limit: number): boolean {
    return threshold !== undefined && threshold > 0 && threshold < limit;
}

function watchesTasks(service: Resource, alarms: readonly Alarm[]): readonly Finding[] {
    const name = memberName(service);
    const isWatched = alarms.some(({ metrics, threshold }) =>
        metrics.some(
            (metric) =>
                metric.namespace === "ECS/ContainerInsights" &&
                metric.name === "RunningTaskCount" &&
                metric.dimensions.get("ServiceName").text === name &&
                threshold.number === 1,
        ),
    );
    return isWatched ? [] : [lacking(`RunningTaskCount of ${name}`, "one for a task that it lacks")];
}

/** While a group's name is unknown the alarm must be made from it; once it is known it must be that. */
function watchesHosts(service: Resource, alarms: readonly Alarm[], stack: Stack): readonly Finding[] {
    const groups = stack
        .ofType(...targetGroupTypes)
        .filter((group) => service.sources("loadBalancers", group.type).some(({ urn }) => urn === group.urn));
    return groups
        .filter((group) => !alarms.some((alarm) => looksAt(alarm, group)))
        .map((group) => lacking(`UnHealthyHostCount of "${group.name}"`, "one for a host that is unhealthy"));
}

function looksAt({ metrics, resource, threshold }: Alarm, group: Resource): boolean {
    const isFrom = ["metricQueries", "dimensions"].some((property) =>
        resource.sources(property, group.type).some(({ urn }) => urn === group.urn),
    );
    return (
        isFrom &&
        threshold.number === 1 &&
        metrics.some(({ name, dimensions }) => {
            const target = dimensions.get("TargetGroup");
            const isOwn = target.isUnknown || target.text === group.props.get("arnSuffix").text;
            return name === "UnHealthyHostCount" && !target.isMissing && isOwn;
        })
    );
}

function lacking(what: string, required: string): Finding {
    return { at: `alarms for ${what}`, found: "none that can ring and that somebody hears", required };
}
