import { atMost, settled } from "../configuration";
import { gather, gatherOver, type Finding } from "../finding";
import { leavingTask, managersOf } from "../facts/envoy/bootstrap";
import { virtualHosts } from "../facts/envoy/http";
import type { Cluster } from "../facts/envoy/cluster";
import { memberName, versionsOf } from "../facts/callGraph";
import { foreignServices } from "../facts/handOver";
import { ecsServices, sidecarOf } from "../facts/sidecar";
import { containersOf, taskDefinitionOf } from "../facts/taskDefinitions";
import type { Value } from "../facts/value";
import { asksAgain } from "../requirements/freshAddresses";
import { checksHealth, passesHealthChecksOn } from "../requirements/healthChecks";
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
    addressSeconds: atMost(10),
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
                    const managers = managersOf(bootstrap.listeners);
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
                        () => gatherOver(managers, passesHealthChecksOn),
                        () => leadsWhereNamed(containersOf(taskDefinitionOf(service)), bootstrap),
                    );
                }),
                stale(stack, listed, serviceOf),
            ];
        },
    };
}

function stale(
    stack: Stack,
    listed: readonly SafeRepeat[],
    serviceOf: (deployment: string) => string,
): Check {
    const routes = (): readonly Value[] =>
        ecsServices(stack)
            .flatMap((service) => managersOf(sidecarOf(service).bootstrap.listeners))
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
        ...asksAgain(message, numbers.addressSeconds),
        ...checksHealth(message, numbers.healthIntervalSeconds),
        ...retryBudget(message, numbers.retryBudgetPercent),
    ];
}
