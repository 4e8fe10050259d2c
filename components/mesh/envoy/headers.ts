import { anonymousUser } from "../../model/mesh";
import { typed, type Json, type JsonObject } from "./json";

/**
 * Headers with which a request could steer Envoy's router: retries, timeouts, hedging, tracing names.
 * Source: Envoy, "HTTP filters / Router", request headers. A client that could set them could have a payment repeated.
 */
const steering = [
    "x-envoy-attempt-count",
    "x-envoy-decorator-operation",
    "x-envoy-expected-rq-timeout-ms",
    "x-envoy-hedge-on-per-try-timeout",
    "x-envoy-internal",
    "x-envoy-ip-tags",
    "x-envoy-max-retries",
    "x-envoy-original-dst-host",
    "x-envoy-original-path",
    "x-envoy-retriable-header-names",
    "x-envoy-retriable-status-codes",
    "x-envoy-retry-grpc-on",
    "x-envoy-retry-on",
    "x-envoy-upstream-alt-stat-name",
    "x-envoy-upstream-rq-per-try-timeout-ms",
    "x-envoy-upstream-rq-timeout-alt-response",
    "x-envoy-upstream-rq-timeout-ms",
    "x-envoy-upstream-stream-duration-ms",
] as const;

/** Removed before anything looks at the request, on every listener. */
export const removeSteeringHeaders: Json = [
    {
        name: "envoy.http.early_header_mutation.header_mutation",
        typed_config: typed("envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation", {
            mutations: steering.map((header) => ({ remove: header })),
        }),
    },
];

const something: JsonObject = { safe_regex: { regex: ".+" } };
const isAnonymous: JsonObject = { name: "x-user-id", string_match: { exact: anonymousUser } };

/** Matches a request of a verified user. */
export const identifiedUser: Json = [
    { name: "x-user-id", string_match: something },
    { ...isAnonymous, invert_match: true },
];

const noConsumer = absent("x-consumer-id");

/** Matches, one by one, the requests that name neither a user nor a consumer. */
export const unidentified: readonly Json[] = [
    [absent("x-user-id"), noConsumer],
    [isAnonymous, noConsumer],
];

function absent(header: string): JsonObject {
    return { name: header, string_match: something, invert_match: true, treat_missing_header_as_empty: true };
}
