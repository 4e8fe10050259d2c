import { atMost, settled } from "../configuration";
import { gather, gatherOver, type Finding } from "../finding";
import { leavingTask, type Bootstrap } from "../facts/envoy/bootstrap";
import { virtualHosts } from "../facts/envoy/http";
import type { Cluster } from "../facts/envoy/cluster";
import { connectionManagerOf } from "../facts/envoy/listener";
import { secondsOf } from "../facts/envoy/message";
import { memberName, versionsOf } from "../facts/callGraph";
import { foreignServices } from "../facts/handOver";
import { ecsServices, sidecarOf } from "../facts/sidecar";
import { containersOf, taskDefinitionOf } from "../facts/taskDefinitions";
import type { Value } from "../facts/value";
import { splitsTraffic } from "../requirements/trafficSplit";
import { eachProxy } from "../requirements/proxies";
import { repeatsSafely, retryBudget } from "../requirements/retries";
import { isSafe, safeRepeats, type SafeRepeat } from "../requirements/safeRepeats";
import type { Stack } from "../facts/stack";
import { staleEntries } from "../review";
import type { Check, Rule } from "../rule";
import { leadsWhereNamed } from "../requirements/routing";
import { cannotBeSteered } from "../requirements/steering";

const settings = {
    healthIntervalSeconds: atMost(5),
    retryBudgetPercent: atMost(20),
    retries: atMost(2),
    safeRepeats,
};
type Numbers = Readonly<Record<Exclude<keyof typeof settings, "safeRepeats">, number>>;

const balancing = ["ROUND_ROBIN", "LEAST_REQUEST"];
const otherBalancing = ["load_balancing_policy", "lb_subset_config", "original_dst_lb_config"];

/** ADR-003: calls are spread over healthy instances, and repeated only where that is safe. */
export function meshTraffic(): Rule {
    return {
        id: "mesh-traffic",
        title: "Balancing, health checks and safe retries",
        description:
            "Every call is balanced by round robin or least requests over instances that active health checks find well, weights sum to 100, and only reads are repeated or copied.",
        clause: "Load Balancing (Round Robin, Least Connections); Health Checks; Circuit breaker and retry logic",
        severity: "high",
        controls: [],
        remediation:
            "leave the clusters and routes of the bootstrap as generated; choose balancing with loadBalancing; list a repeat that is not a read under safeRepeats with reason, owner and review date.",
        settings,
        waiting: { 1: "the proxies that would balance, check and retry do not run yet" },
        checks: (stack, configured) => {
            const numbers = settled(settings, configured);
            const deployed = new Set([
                ...ecsServices(stack).map(memberName),
                ...foreignServices(stack).flatMap(({ deployments }) => deployments),
            ]);
            const serviceOf = versionsOf(stack);
            const { safeRepeats: listed } = numbers;
            return [
                ...eachProxy(stack, (service) => {
                    const { bootstrap } = sidecarOf(service);
                    const managers = managersOf(bootstrap);
                    const versions = {
                        bootstrap,
                        serviceOf,
                        isDeployed: (name: string) => deployed.has(name),
                        isSafe: (route: Value) => isSafe(route, listed, serviceOf),
                    };
                    return gather(
                        () => gatherOver(leavingTask(bootstrap), (cluster) => carries(cluster, numbers)),
                        () =>
                            gatherOver(managers, (manager) =>
                                repeatsSafely(manager, numbers.retries, versions.isSafe),
                            ),
                        () => gatherOver(managers, (manager) => splitsTraffic(manager, versions)),
                        () => gatherOver(managers, cannotBeSteered),
                        () => leadsWhereNamed(containersOf(taskDefinitionOf(service)), bootstrap),
                    );
                }),
                stale(stack, listed, serviceOf),
            ];
        },
    };
}

function managersOf({ listeners }: Bootstrap): readonly Value[] {
    return listeners.flatMap(({ chains }) => chains).flatMap((chain) => connectionManagerOf(chain) ?? []);
}

function stale(
    stack: Stack,
    listed: readonly SafeRepeat[],
    serviceOf: (deployment: string) => string,
): Check {
    const routes = (): readonly Value[] =>
        ecsServices(stack)
            .flatMap((service) => managersOf(sidecarOf(service).bootstrap))
            .flatMap(virtualHosts)
            .flatMap((host) => host.get("routes").items());
    return {
        judge: () =>
            listed.length === 0
                ? []
                : staleEntries(
                      "safeRepeats",
                      listed,
                      (entry) =>
                          routes().some(
                              (route) =>
                                  !route.get("route", "retry_policy").isMissing &&
                                  isSafe(route, [entry], serviceOf) &&
                                  !isSafe(route, [], serviceOf),
                          ),
                      ({ service, method, pathPrefix }) => `${service} ${method} ${pathPrefix}`,
                  ),
    };
}

function carries({ message }: Cluster, numbers: Numbers): readonly Finding[] {
    const policy = message.get("lb_policy");
    return [
        ...policy.require(
            policy.isMissing || balancing.includes(policy.text ?? ""),
            `one of ${balancing.join(", ")}`,
        ),
        ...otherBalancing.flatMap((name) =>
            message.get(name).require(message.get(name).isMissing, "nothing: lb_policy decides"),
        ),
        ...checksHealth(message, numbers.healthIntervalSeconds),
        ...retryBudget(message, numbers.retryBudgetPercent),
    ];
}

/** Source: Envoy, `config.core.v3.HealthCheck`; without traffic it asks every 60 s unless told otherwise. */
function checksHealth(message: Value, most: number): readonly Finding[] {
    const checks = message.get("health_checks");
    const all = checks.items();
    if (all.length === 0) {
        return [checks.finding("an active health check")];
    }
    const removal = message.get("ignore_health_on_host_removal");
    return [
        ...removal.require(removal.isOff, "false"),
        ...all.flatMap((check) => {
            const [often, idle] = [check.get("interval"), check.get("no_traffic_interval")];
            const asks =
                !check.get("http_health_check").isMissing || !check.get("grpc_health_check").isMissing;
            const other = check.get("transport_socket_match_criteria");
            return [
                ...often.require(secondsOf(often, Infinity) <= most, `at most ${most} s`),
                ...idle.require(secondsOf(idle, Infinity) <= most, `at most ${most} s`),
                ...check.require(asks, "an HTTP or gRPC check", "another kind"),
                ...other.require(other.isMissing, "nothing: the cluster's own mTLS"),
            ];
        }),
    ];
}
