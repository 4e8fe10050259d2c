import { gather, gatherOver, type Finding } from "../finding";
import { firstFilter, localRateLimit, overridesOf, sharedRateLimit } from "../facts/envoy/http";
import { connectionManagerOf, type Listener } from "../facts/envoy/listener";
import { isAlways } from "../facts/envoy/message";
import type { Value } from "../facts/value";
import { countsEveryRequest } from "./identifiedRequests";
import { refusesSeveralIdentities } from "./oneIdentity";
import { removesOnly } from "./setHeaders";
import { limitsByLimiter, type Surroundings } from "./sharedLimit";
import { limitsBuckets, onlyFields, type BucketNumbers } from "./userBuckets";

/** Settings of the filter that do not loosen it; any other is refused, because it could. */
const known = new Set([
    "@type",
    "stat_prefix",
    "status",
    "token_bucket",
    "filter_enabled",
    "filter_enforced",
    "response_headers_to_add",
    "descriptors",
    "always_consume_default_token_bucket",
    "max_dynamic_descriptors",
    "rate_limits",
    "enable_x_ratelimit_headers",
    "rate_limited_as_resource_exhausted",
]);

/** Every request that enters through a listener is counted for its user or consumer, and refused when there is neither. */
export function limitsUsers(
    listener: Listener,
    numbers: BucketNumbers,
    around: Surroundings,
): readonly Finding[] {
    return gatherOver(listener.chains, (chain) => {
        const manager = connectionManagerOf(chain);
        if (manager === undefined) {
            return [chain.finding("an HTTP connection manager with a limit for each user", "something else")];
        }
        const shared = firstFilter(manager, sharedRateLimit);
        if (shared !== undefined) {
            return gather(
                () =>
                    limitsByLimiter(manager, shared, numbers, around, (filter) =>
                        limitsRequests(manager, filter, numbers),
                    ),
                () => nothingAround(manager),
                () => refusesSeveralIdentities(manager),
            );
        }
        const filter = firstFilter(manager, localRateLimit);
        if (filter === undefined) {
            const required =
                "an enabled local_ratelimit filter, ahead of any filter that could change a request";
            return [manager.get("http_filters").finding(required, "none in force")];
        }
        return gather(
            () => limitsRequests(manager, filter, numbers),
            () => refusesSeveralIdentities(manager),
        );
    });
}

function limitsRequests(manager: Value, filter: Value, numbers: BucketNumbers): readonly Finding[] {
    const limit = filter.get("typed_config");
    return gather(
        () =>
            ["filter_enabled", "filter_enforced"].flatMap((name) => {
                const fraction = limit.get(name);
                return fraction.require(isAlways(fraction), "100 percent");
            }),
        () => onlyFields(limit, known),
        () => limitsBuckets(limit, numbers),
        () => countsEveryRequest(manager, limit),
        () =>
            overridesOf(manager, filter).map((override) =>
                override.finding("nothing: the filter's own settings"),
            ),
        () => nothingAround(manager),
    );
}

/** An upgraded connection may have filters of its own, and early mutations come before every filter. */
function nothingAround(manager: Value): readonly Finding[] {
    const upgrades = manager.get("upgrade_configs").items();
    return [
        ...upgrades.flatMap((upgrade) => {
            const filters = upgrade.get("filters");
            return filters.require(filters.isMissing, "nothing: the connection manager's filters");
        }),
        ...removesOnly(manager),
    ];
}
