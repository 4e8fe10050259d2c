/** A CloudWatch Logs Insights query. */
export interface SavedQuery {
    readonly name: string;
    readonly query: string;
}

/** API Gateway writes `-` for what a request does not have. */
const absent = '"-"';

/**
 * Over the access logs, whose fields are those of `accessLogFormat`. ADR-003, "API usage analytics": who uses what, what is slow, and
 * what was refused why.
 */
export const accessQueries: readonly SavedQuery[] = [
    {
        name: "usage-by-consumer",
        query: [
            `filter consumer != ${absent}`,
            "stats count(*) as requests, sum(responseBytes) as bytes by consumer, api, version",
            "sort requests desc",
        ].join("\n| "),
    },
    {
        name: "slowest-routes",
        query: [
            `filter latencyMs != ${absent}`,
            "stats pct(latencyMs, 50) as p50, pct(latencyMs, 95) as p95, max(latencyMs) as slowest, count(*) as requests by api, version, method, route",
            "sort p95 desc",
            "limit 20",
        ].join("\n| "),
    },
    {
        name: "rejected-by-reason",
        query: [
            "filter status >= 400",
            "stats count(*) as requests by refusal, status, waf, api, version, route",
            "sort requests desc",
        ].join("\n| "),
    },
];

/** Over the Web ACL's log. Source: AWS WAF, "Log fields for web ACL traffic". */
export const firewallQueries: readonly SavedQuery[] = [
    {
        name: "refused-by-web-acl",
        query: [
            'filter action = "BLOCK"',
            "stats count(*) as requests by terminatingRuleId, responseCodeSent, httpRequest.httpMethod",
            "sort requests desc",
        ].join("\n| "),
    },
];

/** Over the access logs of deprecated versions: who still calls what is going to end. */
export const deprecationQueries: readonly SavedQuery[] = [
    {
        name: "retiring-versions",
        query: [
            "stats count(*) as requests by api, version, consumer, client, route",
            "sort requests desc",
        ].join("\n| "),
    },
];
