import type { wafv2 as input } from "@pulumi/aws/types/input";
import { largestBody } from "../model/bodies";

interface Problem {
    readonly status: number;
    readonly title: string;
    readonly detail: string;
}

/** What the Web ACL refuses with, by the key of its body. */
export const problems = {
    "too-many-requests": {
        status: 429,
        title: "Too Many Requests",
        detail: "Wait as long as Retry-After says, then try again.",
    },
    "content-too-large": {
        status: 413,
        title: "Content Too Large",
        detail: `A request body has at most ${largestBody.client} bytes.`,
    },
    "body-form": {
        status: 415,
        title: "Unsupported Media Type",
        detail: "Send application/json, without Content-Encoding.",
    },
    "client-identity": {
        status: 403,
        title: "Forbidden",
        detail: "The headers x-user-id and x-consumer-id are the gateway's own.",
    },
} as const satisfies Record<string, Problem>;

export type ProblemKey = keyof typeof problems;

/** RFC 9457 in fixed texts: WAF's answers do not pass through the gateway's, and their content type is one of WAF's three. */
export const problemBodies: readonly input.WebAclCustomResponseBody[] = Object.entries(problems).map(
    ([key, problem]) => ({
        key,
        contentType: "APPLICATION_JSON",
        content: JSON.stringify({ type: "about:blank", ...problem }),
    }),
);
