import type { ObservedVersion } from "../observed";
import type { LogMetric } from "./logMetric";
import type { Metric } from "./metric";

/**
 * Why API Gateway refuses a request: `refusal` of the access logs. Source: API Gateway, "Gateway response types".
 * `-` is no error of the gateway's: with status 429 it is the mesh ingress, which holds each user's limit.
 */
export const refusals = {
    authentication: ["UNAUTHORIZED", "EXPIRED_TOKEN", "ACCESS_DENIED", "INVALID_API_KEY"],
    webAcl: ["WAF_FILTERED"],
    gatewayLimit: ["THROTTLED", "QUOTA_EXCEEDED"],
    ingressLimit: ["-"],
} as const;

const name = "RefusedRequests";

/**
 * Counts the requests of an access log that were refused for who asked or how often, by API and reason: one filter a log group, because a
 * dimension tells the reasons apart. There is no default value: CloudWatch Logs takes none for a metric with dimensions.
 */
export function refusedRequests(
    prefix: string,
    api: string,
    { accessLogs, version }: ObservedVersion,
): LogMetric {
    const { authentication, gatewayLimit, webAcl } = refusals;
    const named = [...authentication, ...webAcl, ...gatewayLimit].map((type) => `($.refusal = "${type}")`);
    return {
        key: `${api}-${version}-refused-requests`,
        logGroup: accessLogs,
        pattern: `{ ${['($.status = "429")', ...named].join(" || ")} }`,
        namespace: gatewayNamespace(prefix),
        name,
        value: "1",
        unit: "Count",
        dimensions: { Api: "$.api", Refusal: "$.refusal" },
    };
}

export function refusedMetric(prefix: string, api: string, refusal: string): Metric {
    return { namespace: gatewayNamespace(prefix), name, dimensions: { Api: api, Refusal: refusal } };
}

function gatewayNamespace(prefix: string): string {
    return `${prefix}/gateway`;
}
