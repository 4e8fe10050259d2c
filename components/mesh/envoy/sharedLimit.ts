import { userLimiterName } from "../../model/mesh";
import type { Json, JsonObject } from "../json";
import { seconds, typed } from "./message";
import { perIdentity, userRateLimitFilter } from "./rateLimit";
import type { SharedLimit, UserRateLimit } from "./spec";
import { timing } from "../timing";

/** Under this name the limiter keeps the counts of the ingress. */
export const limitDomain = "ingress";

const rateLimit = "envoy.filters.http.ratelimit";
/** What the limiter says with every answer, and nobody else can say: the domain that it counted in. */
const answered: JsonObject = { filter: rateLimit, path: [{ key: "domain" }] };

/**
 * Asks the limiter that all ingress tasks share. Where it does not answer, the request is refused, or the task's own share of the
 * user's bucket holds it: docs/decisions/0048-shared-limit.md.
 */
export function sharedLimitFilters(limit: UserRateLimit, { onFailure }: SharedLimit): readonly JsonObject[] {
    const asks = {
        name: rateLimit,
        typed_config: typed("envoy.extensions.filters.http.ratelimit.v3.RateLimit", {
            domain: limitDomain,
            timeout: seconds(timing.limiterSeconds),
            failure_mode_deny: onFailure === "refuse",
            // A refusal of the platform's own: 500 would be blamed on a service.
            status_on_error: { code: "ServiceUnavailable" },
            enable_x_ratelimit_headers: "DRAFT_VERSION_03",
            disable_x_envoy_ratelimited_header: true,
            rate_limit_service: {
                transport_api_version: "V3",
                grpc_service: { envoy_grpc: { cluster_name: userLimiterName } },
            },
            rate_limits: perIdentity,
        }),
    };
    return onFailure === "refuse" ? [asks] : [asks, unlessAnswered(userRateLimitFilter(limit))];
}

/** Source: Envoy, "Matching API", ExtensionWithMatcher. */
function unlessAnswered(filter: JsonObject): JsonObject {
    const { name = "" } = filter;
    const hasAnswered = {
        input: {
            name: "answered",
            typed_config: typed(
                "envoy.extensions.matching.common_inputs.network.v3.DynamicMetadataInput",
                answered,
            ),
        },
        custom_match: {
            name: "envoy.matching.matchers.metadata_matcher",
            typed_config: typed("envoy.extensions.matching.input_matchers.metadata.v3.Metadata", {
                value: inDomain,
            }),
        },
    };
    const skip = {
        name: "skip",
        typed_config: typed("envoy.extensions.filters.common.matcher.action.v3.SkipFilter"),
    };
    return {
        name,
        typed_config: typed("envoy.extensions.common.matching.v3.ExtensionWithMatcher", {
            extension_config: filter,
            xds_matcher: {
                matcher_list: {
                    matchers: [
                        {
                            predicate: { single_predicate: hasAnswered },
                            on_match: { action: skip },
                        },
                    ],
                },
            },
        }),
    };
}

const inDomain: JsonObject = { string_match: { exact: limitDomain } };

/** The limiter counts in fixed minutes: who is refused may come back when the next one begins. */
export const refusedByLimiter: JsonObject = {
    metadata_filter: {
        matcher: { ...answered, value: inDomain },
        match_if_key_not_found: false,
    },
};

export const untilNextMinute: Json = [
    {
        header: { key: "retry-after", value: "%RESP(X-RATELIMIT-RESET)%" },
        append_action: "OVERWRITE_IF_EXISTS_OR_ADD",
    },
];
