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

/** Matches a request that carries the header with at least one character. */
export function present(header: string): JsonObject {
    return { name: header, string_match: { safe_regex: { regex: ".+" } } };
}

export function absent(header: string): JsonObject {
    return { ...present(header), invert_match: true, treat_missing_header_as_empty: true };
}
