import type { Finding } from "../finding";
import { virtualHosts } from "../facts/envoy/http";
import type { Value } from "../facts/value";

/** Only requests that may be sent twice are repeated, and not often. */
export function repeatsSafely(
    manager: Value,
    most: number,
    isSafe: (route: Value) => boolean,
): readonly Finding[] {
    return [manager.get("route_config"), ...virtualHosts(manager)].flatMap((place) => {
        const policies = ["retry_policy", "retry_policy_typed_config"].flatMap((name) => {
            const policy = place.get(name);
            return policy.require(policy.isMissing, "nothing: routes that read have their own");
        });
        return [
            ...policies,
            ...place
                .get("routes")
                .items()
                .flatMap((route) => safe(route, most, isSafe)),
        ];
    });
}

function safe(route: Value, most: number, isSafe: (route: Value) => boolean): readonly Finding[] {
    const policy = route.get("route", "retry_policy");
    if (policy.isMissing) {
        return [];
    }
    const count = policy.get("num_retries");
    return [
        ...policy.require(
            isSafe(route),
            "a route that matches GET or HEAD only, or one listed in safeRepeats",
            "repeats of other methods",
        ),
        ...count.require(count.numberOr(1) <= most, `at most ${most}`),
    ];
}

/**
 * Repeats that a budget may let pass however few requests are in flight. Four were measured to save the reads of a killed proxy;
 * at 20 requests in flight a budget of 20 % lets as many pass.
 */
const mostAtLowLoad = 4;

/** All repeats together stay a share of the requests in flight. Source: Envoy, `CircuitBreakers.Thresholds.RetryBudget`. */
export function retryBudget(cluster: Value, most: number): readonly Finding[] {
    const thresholds = cluster.get("circuit_breakers", "thresholds");
    const all = thresholds.items();
    if (all.length === 0) {
        return [thresholds.finding("a retry budget")];
    }
    return all.flatMap((threshold) => {
        const budget = threshold.get("retry_budget");
        const percent = budget.get("budget_percent", "value");
        const concurrency = budget.get("min_retry_concurrency");
        return [
            ...percent.require(!budget.isMissing && percent.numberOr(20) <= most, `at most ${most}`),
            ...concurrency.require(concurrency.numberOr(3) <= mostAtLowLoad, `at most ${mostAtLowLoad}`),
        ];
    });
}
