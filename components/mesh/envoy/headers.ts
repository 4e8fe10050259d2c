import { anonymousUser } from "../../model/mesh";
import type { Json, JsonObject } from "../json";
import { typed } from "./message";

/**
 * Removed before anything looks at the request, on every listener: headers with which a request could steer Envoy's router
 * (retries, timeouts, hedging). A client that could set them could have a payment repeated.
 * Source: Envoy, "HTTP filters / Router", request headers.
 */
export const removeSteeringHeaders: Json = removeEarly([]);

/**
 * The same at the ingress, where headers with which a caller says that it traces are removed too: whoever could set them outside
 * would have every request of theirs traced, and paid for.
 */
export const removeForeignHeaders: Json = removeEarly(["traceparent", "tracestate", "x-client-trace-id"]);

function removeEarly(names: readonly string[]): Json {
    const steering = { remove_on_match: { key_matcher: { prefix: "x-envoy-" } } };
    return [
        {
            name: "envoy.http.early_header_mutation.header_mutation",
            typed_config: typed(
                "envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation",
                { mutations: [steering, ...names.map((remove) => ({ remove }))] },
            ),
        },
    ];
}

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
