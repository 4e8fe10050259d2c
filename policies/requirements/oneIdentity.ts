import type { Finding } from "../finding";
import { canonical } from "../facts/envoy/fallback";
import { overridesOf } from "../facts/envoy/http";
import { typeOf } from "../facts/envoy/message";
import type { Value } from "../facts/value";

const rbac = "envoy.extensions.filters.http.rbac.v3.RBAC";
const limits = /^envoy\.extensions\.filters\.http\.(local_ratelimit|ratelimit)\.v3\./;
const identity = ["x-user-id", "x-consumer-id"];

/**
 * A request with two users is counted for one and believed for the other. Matchers of routes and of the limits see each value by itself;
 * a matching tree sees them joined by commas. Source: Envoy 1.40, seen to do so.
 */
export function refusesSeveralIdentities(manager: Value): readonly Finding[] {
    const filters = manager.get("http_filters").items();
    const limit = filters.findIndex((filter) => limits.test(innerType(filter)));
    const guard = filters
        .slice(0, Math.max(limit, 0))
        .find((filter) => isGuard(filter) && filter.get("disabled").isOff);
    return guard === undefined
        ? [
              manager
                  .get("http_filters")
                  .finding(
                      `the refusal of requests with several values of ${identity.join(" or ")}, ahead of the limit`,
                      "none",
                  ),
          ]
        : overridesOf(manager, guard).map((override) => override.finding("nothing: the filter's own rules"));
}

function innerType(filter: Value): string {
    const config = filter.get("typed_config");
    return (
        typeOf(
            config.get("extension_config").isMissing
                ? config
                : config.get("extension_config", "typed_config"),
        ) ?? ""
    );
}

function isGuard(filter: Value): boolean {
    const config = filter.get("typed_config");
    const matcher = config.get("matcher");
    const [entry, ...others] = matcher.get("matcher_list", "matchers").items();
    const headers = (entry?.get("predicate", "or_matcher", "predicate").items() ?? []).map(headerWithSeveral);
    return (
        typeOf(config) === rbac &&
        config.get("rules").isMissing &&
        entry !== undefined &&
        others.length === 0 &&
        matcher.fields.every((field) => field === "matcher_list" || field === "on_no_match") &&
        entry.fields.every((field) => field === "predicate" || field === "on_match") &&
        identity.every((name) => headers.includes(name)) &&
        entry.get("on_match").fields.every((field) => field === "action") &&
        actionOf(entry.get("on_match")) === "DENY"
    );
}

/** The header of which a predicate finds more than one value. */
function headerWithSeveral(predicate: Value): string | undefined {
    const single = predicate.get("single_predicate");
    const input = single.get("input", "typed_config");
    const isRead = typeOf(input) === "envoy.type.matcher.v3.HttpRequestHeaderMatchInput";
    const finds = canonical(single.get("value_match").plain) === canonical({ contains: "," });
    return isRead && finds ? input.get("header_name").text?.toLowerCase() : undefined;
}

function actionOf(match: Value): string | undefined {
    return match.get("action", "typed_config", "action").text;
}
