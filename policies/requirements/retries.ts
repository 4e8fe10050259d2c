import type { Finding } from "../finding";
import { virtualHosts } from "../facts/envoy/http";
import type { Value } from "../facts/value";

const reads = new Set(["GET", "HEAD", "GET|HEAD", "HEAD|GET"]);

/** Only requests that read are repeated, and not often. */
export function repeatsSafely(manager: Value, most: number): readonly Finding[] {
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
                .flatMap((route) => safe(route, most)),
        ];
    });
}

function safe(route: Value, most: number): readonly Finding[] {
    const policy = route.get("route", "retry_policy");
    if (policy.isMissing) {
        return [];
    }
    const count = policy.get("num_retries");
    return [
        ...policy.require(
            readsOnly(route),
            "a route that matches GET or HEAD only",
            "repeats of other methods",
        ),
        ...count.require(count.numberOr(1) <= most, `at most ${most}`),
    ];
}

/** Whether a route matches nothing but requests that read. */
export function readsOnly(route: Value): boolean {
    return route
        .get("match", "headers")
        .items()
        .filter((header) => header.get("name").text === ":method" && header.get("invert_match").isOff)
        .map((header) => header.get("string_match"))
        .map((match) => match.get("exact").text ?? match.get("safe_regex", "regex").text)
        .some((method) => method !== undefined && reads.has(method));
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
