import type { JsonObject } from "../json";
import { refusedByLimiter, untilNextMinute } from "./sharedLimit";

/** What the ingress itself answers, as problem details (RFC 9457). */
const problems: readonly { readonly status: number; readonly title: string }[] = [
    { status: 403, title: "No verified user or consumer" },
    { status: 404, title: "No such API" },
    { status: 413, title: "The request body is too large" },
    { status: 429, title: "Too many requests: at most 1000 a minute for each user" },
    { status: 503, title: "Service unavailable" },
    { status: 504, title: "The service did not answer in time" },
];

/** Gives each of Envoy's own answers a problem+json body without telling how the mesh is built. */
export function problemReplies(sharesLimit: boolean): JsonObject {
    const replies = problems.map(({ status, title }) => ({
        filter: {
            status_code_filter: {
                comparison: { op: "EQ", value: { default_value: status, runtime_key: `problem.${status}` } },
            },
        },
        body_format_override: {
            content_type: "application/problem+json",
            json_format: { type: "about:blank", title, status },
        },
    }));
    const overLimit = replies.filter((_, index) => problems[index]?.status === 429);
    return {
        mappers: [...(sharesLimit ? overLimit.map(withReset) : []), ...replies],
    };
}

/** The first mapper whose filter matches decides. */
function withReset({
    filter,
    ...reply
}: {
    readonly filter: JsonObject;
    readonly [part: string]: JsonObject;
}): JsonObject {
    return {
        filter: { and_filter: { filters: [filter, refusedByLimiter] } },
        headers_to_add: untilNextMinute,
        ...reply,
    };
}
