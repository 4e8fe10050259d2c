import type { JsonObject } from "../json";

/**
 * What a callee's proxy answers to a caller, or a request, that its call graph does not let in. A call that was just declared
 * ends here while the callee still runs without it, so the answer says whom it is about and what to do. Only members get it.
 */
export function refusedReply(service: string): JsonObject {
    return {
        mappers: [
            {
                filter: {
                    status_code_filter: {
                        comparison: { op: "EQ", value: { default_value: 403, runtime_key: "refused.403" } },
                    },
                },
                body_format_override: problem({
                    title: "The mesh does not let this caller send this request",
                    status: 403,
                    caller: "%DOWNSTREAM_PEER_URI_SAN%",
                    callee: service,
                    detail: `Declare the call, or what it may ask for, and deploy ${service} before its caller: docs/mesh.md, "A new call".`,
                }),
            },
        ],
    };
}

/**
 * What a caller's own proxy answers when no instance of a callee is left to ask. Health checks are refused like any other
 * request, so this is also what an application sees while its callee runs without the call.
 */
export function unreachableReply(member: string): JsonObject {
    return {
        mappers: [
            {
                filter: { response_flag_filter: { flags: ["UH"] } },
                body_format_override: problem({
                    title: "No instance of the callee is in use",
                    status: 503,
                    caller: member,
                    callee: "%UPSTREAM_CLUSTER%",
                    detail: 'Each is down, taken out by the circuit breaker, or does not let this caller in; a new call needs its callee deployed first: docs/mesh.md, "A new call".',
                }),
            },
        ],
    };
}

/** Source: RFC 9457. */
function problem(fields: JsonObject): JsonObject {
    return {
        content_type: "application/problem+json",
        json_format: { type: "about:blank", ...fields },
    };
}
