import { gather, gatherOver } from "../finding";
import { atLeast, atMost, settled } from "../configuration";
import { leavingTask, managersOf } from "../facts/envoy/bootstrap";
import { sidecarOf } from "../facts/sidecar";
import { adr, supporting } from "../numbers";
import { breaksCircuit } from "../requirements/circuitBreaker";
import { failuresShow } from "../requirements/failures";
import { eachProxy } from "../requirements/proxies";
import { hasNoOverrides } from "../requirements/runtime";
import type { Rule } from "../rule";

const longestEjectionSeconds = 300;

const settings = {
    consecutiveFailures: atMost(adr.circuitBreaker.consecutiveFailures),
    ejectionSeconds: atLeast(adr.circuitBreaker.ejectionSeconds, longestEjectionSeconds),
    sweepSeconds: atMost(supporting.sweepSeconds),
    failurePercentage: atMost(supporting.failurePercentage),
    failurePercentageVolume: atMost(supporting.failurePercentageVolume),
};

/** ADR-003: a failing instance is taken out, by every caller and by the ingress. */
export function meshCircuitBreaker(): Rule {
    return {
        id: "mesh-circuit-breaker",
        title: "Circuit breaker on every call",
        description:
            "Every call between services, and from the ingress, goes through a circuit breaker that takes a failing instance out.",
        clause: "Circuit Breaker (5 failures in 60 seconds)",
        severity: "high",
        controls: [],
        remediation:
            "declare the callee in the service's calls, and leave the outlier detection of its cluster as generated; make it stricter with circuitBreaker.",
        settings,
        waiting: { 1: "the proxies that would break circuits do not run yet" },
        checks: (stack, configured) => {
            const numbers = settled(settings, configured);
            return eachProxy(stack, (service) => {
                const { bootstrap } = sidecarOf(service);
                return gather(
                    () => hasNoOverrides(bootstrap),
                    () => gatherOver(leavingTask(bootstrap), (cluster) => breaksCircuit(cluster, numbers)),
                    () =>
                        gatherOver(managersOf(bootstrap.listeners), (manager) =>
                            failuresShow(manager, bootstrap),
                        ),
                );
            });
        },
    };
}
