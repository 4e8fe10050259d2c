/** A CloudWatch Logs Insights query over the access logs; its fields are those of `accessLogFormat`. */
export interface SavedQuery {
    readonly name: string;
    readonly query: string;
}

/** API Gateway writes `-` for what a request does not have. */
const absent = '"-"';

/** ADR-003, "API usage analytics": who uses what, what is slow, and what was refused why. */
export const savedQueries: readonly SavedQuery[] = [
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
    {
        name: "retiring-versions",
        query: [
            'filter version = "v1"',
            "stats count(*) as requests by api, consumer, client, route",
            "sort requests desc",
        ].join("\n| "),
    },
];
