import { errorOrigin, exposedHeaders, firewallOrigin, type Origins } from "./cors";
import type { JsonObject } from "./json";

/** Header to a mapping expression, such as a text in single quotes. */
type Headers = Readonly<Record<string, string>>;

interface GatewayError {
    /** API Gateway's name of the error. Source: "Gateway response types". */
    readonly type: string;
    readonly status: number;
    readonly title: string;
    /** Says what to do; never repeats anything of the request. */
    readonly detail: string;
    readonly retryAfterSeconds?: number;
}

/**
 * API Gateway's own text for the rule that failed, quoted and escaped by API Gateway: which parameter of the contract is missing, or
 * that the body does not match its model. `$context.error.validationErrorString` would say more, but it is not escaped and repeats
 * values of the body. Source: API Gateway, "$context variables for data models, authorizers, mapping templates".
 */
const failedRule = "$context.error.messageString";

const firewall = "WAF_FILTERED";

const errors: readonly GatewayError[] = [
    {
        type: "BAD_REQUEST_BODY",
        status: 400,
        title: "Bad Request",
        detail: failedRule,
    },
    {
        type: "BAD_REQUEST_PARAMETERS",
        status: 400,
        title: "Bad Request",
        detail: failedRule,
    },
    {
        type: "UNAUTHORIZED",
        status: 401,
        title: "Unauthorized",
        detail: "Send a valid access token in the Authorization header.",
    },
    { type: "EXPIRED_TOKEN", status: 401, title: "Unauthorized", detail: "The access token has expired." },
    {
        type: "ACCESS_DENIED",
        status: 403,
        title: "Forbidden",
        detail: "The access token lacks a scope for this operation.",
    },
    {
        type: "INVALID_API_KEY",
        status: 403,
        title: "Forbidden",
        detail: "Send a valid API key in the x-api-key header.",
    },
    {
        type: firewall,
        status: 403,
        title: "Forbidden",
        detail: "The request was refused by the web application firewall.",
    },
    {
        type: "MISSING_AUTHENTICATION_TOKEN",
        status: 404,
        title: "Not Found",
        detail: "The API has no such path and method.",
    },
    {
        type: "RESOURCE_NOT_FOUND",
        status: 404,
        title: "Not Found",
        detail: "The API has no such path and method.",
    },
    {
        type: "REQUEST_TOO_LARGE",
        status: 413,
        title: "Content Too Large",
        detail: "The request body is too large.",
    },
    {
        type: "UNSUPPORTED_MEDIA_TYPE",
        status: 415,
        title: "Unsupported Media Type",
        detail: "Send application/json.",
    },
    {
        type: "THROTTLED",
        status: 429,
        title: "Too Many Requests",
        detail: "Wait as long as Retry-After says, then try again.",
        retryAfterSeconds: 1,
    },
    {
        type: "QUOTA_EXCEEDED",
        status: 429,
        title: "Too Many Requests",
        detail: "Wait as long as Retry-After says, then try again.",
        retryAfterSeconds: 3600,
    },
    {
        type: "INTEGRATION_TIMEOUT",
        status: 504,
        title: "Gateway Timeout",
        detail: "The service did not answer in time.",
    },
    {
        type: "INTEGRATION_FAILURE",
        status: 504,
        title: "Gateway Timeout",
        detail: "The service could not be reached.",
    },
];

/**
 * Every error of the gateway as RFC 9457 problem details. The two defaults cover what has no entry: they keep the status
 * that API Gateway chose, so their body leaves it out.
 */
export function gatewayResponses(origins: Origins, headers: Headers = {}): JsonObject {
    const exposed = origins.length === 0 ? {} : { "Access-Control-Expose-Headers": exposedHeaders(headers) };
    const always = { ...headers, ...exposed, ...errorOrigin(origins) };
    const refusedByFirewall = { ...headers, ...exposed, ...firewallOrigin(origins) };
    const listed = errors.map((error) => {
        const own = error.type === firewall ? refusedByFirewall : always;
        return [error.type, response(error, own)] as const;
    });
    const defaults = [
        ["DEFAULT_4XX", body({ title: "The request was refused" }, always)],
        ["DEFAULT_5XX", body({ title: "The request could not be answered" }, always)],
    ] as const;
    return Object.fromEntries([...listed, ...defaults]);
}

function response({ status, title, detail, retryAfterSeconds }: GatewayError, headers: Headers): JsonObject {
    const retry: Headers = retryAfterSeconds === undefined ? {} : { "Retry-After": `'${retryAfterSeconds}'` };
    return { statusCode: status, ...body({ title, status, detail }, { ...retry, ...headers }) };
}

function body(problem: JsonObject, headers: Headers): JsonObject {
    const template = JSON.stringify({
        type: "about:blank",
        ...problem,
        instance: "urn:request:$context.requestId",
    });
    const all = { "Content-Type": "'application/problem+json'", ...headers };
    return {
        responseParameters: Object.fromEntries(
            Object.entries(all).map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
        ),
        // The variable brings its own quotes.
        responseTemplates: { "application/json": template.replace(`"${failedRule}"`, failedRule) },
    };
}
