import { gather, type Finding } from "../finding";
import type { Bootstrap } from "../facts/envoy/bootstrap";
import { unlessAnswered } from "../facts/envoy/fallback";
import { localRateLimit, overridesOf, virtualHosts } from "../facts/envoy/http";
import { secondsOf, typeOf } from "../facts/envoy/message";
import { isPlainList, type Plain } from "../facts/plain";
import { limiterBehind } from "../facts/limiter";
import type { Stack } from "../facts/stack";
import { Value } from "../facts/value";
import { countsEveryRequest } from "./identifiedRequests";
import { holdsLimits } from "./limiterTask";
import { onlyFields, type BucketNumbers } from "./userBuckets";

/** Settings of the filter that do not loosen it; any other is refused, because it could. */
const known = new Set([
    "@type",
    "domain",
    "timeout",
    "failure_mode_deny",
    "status_on_error",
    "enable_x_ratelimit_headers",
    "disable_x_envoy_ratelimited_header",
    "rate_limit_service",
    "rate_limits",
]);
const longestSeconds = 1;

/** Where the limiter is looked for. */
export interface Surroundings {
    readonly bootstrap: Bootstrap;
    readonly stack: Stack;
}

/** Every request is counted by a limiter of this program that all tasks ask; one that it does not answer is refused or held here. */
export function limitsByLimiter(
    manager: Value,
    filter: Value,
    numbers: BucketNumbers,
    { bootstrap, stack }: Surroundings,
    holdsHere: (filter: Value) => readonly Finding[],
): readonly Finding[] {
    const limit = filter.get("typed_config");
    const service = limit.get("rate_limit_service", "grpc_service");
    const timeout = limit.get("timeout");
    const limiter = limiterBehind(service.get("envoy_grpc", "cluster_name"), bootstrap, stack);
    return gather(
        () => onlyFields(limit, known),
        () => timeout.require(secondsOf(timeout, 0.02) <= longestSeconds, `at most ${longestSeconds} s`),
        () => holdsLimits(limiter, limit.get("domain"), numbers.userRequestsPerMinute),
        () =>
            limit
                .get("rate_limits")
                .items()
                .flatMap((rate) => onlyFields(rate, new Set(["actions"]))),
        () => countsEveryRequest(manager, asBuckets(limit, limiter.limits)),
        () => nothingElsewhere(manager, filter),
        () => whenSilent(manager, filter, limit, holdsHere),
    );
}

/** The limiter's two levels as the descriptors of Envoy's own filter, so that requests are followed through both in one way. */
function asBuckets(limit: Value, limits: Value): Value {
    const rates = limit.get("rate_limits").plain;
    const descriptors = limits
        .get("descriptors")
        .items()
        .flatMap((kind) =>
            kind
                .get("descriptors")
                .items()
                .map((leaf): Plain => ({ entries: [entryOf(kind), entryOf(leaf)] })),
        );
    return new Value(limit.path, { rate_limits: isPlainList(rates) ? rates : [], descriptors });
}

function entryOf(level: Value): Plain {
    return { key: level.get("key").text ?? "", value: level.get("value").text ?? "" };
}

/** A route's own limits would stand in place of the filter's. */
function nothingElsewhere(manager: Value, filter: Value): readonly Finding[] {
    const hosts = virtualHosts(manager);
    const routes = hosts.flatMap((host) => host.get("routes").items());
    const places = [...hosts, ...routes.map((route) => route.get("route"))];
    const own = places.map((place) => place.get("rate_limits"));
    return [...own.filter((limits) => !limits.isMissing), ...overridesOf(manager, filter)].map((override) =>
        override.finding("nothing: the filter's own settings"),
    );
}

function whenSilent(
    manager: Value,
    filter: Value,
    limit: Value,
    holdsHere: (filter: Value) => readonly Finding[],
): readonly Finding[] {
    const denies = limit.get("failure_mode_deny");
    if (denies.isTrue) {
        return [];
    }
    const filters = manager.get("http_filters").items();
    const next = filters[filters.findIndex(({ path }) => path === filter.path) + 1];
    const inner = next === undefined ? undefined : unlessAnswered(next, limit.get("domain").text ?? "");
    return inner !== undefined && typeOf(inner.get("typed_config")) === localRateLimit
        ? holdsHere(inner)
        : [
              denies.finding(
                  "true, or a local_ratelimit filter right after it that only answered requests skip",
              ),
          ];
}
