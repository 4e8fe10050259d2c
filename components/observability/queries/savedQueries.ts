/** A CloudWatch Logs Insights query over the logs of gateway and mesh together; a test holds its fields to what is logged. */
export interface PathQuery {
    readonly name: string;
    readonly title: string;
    readonly query: string;
}

const lines = (...parts: readonly string[]): string => parts.join("\n| ");

/** Which member wrote a line: the last part of its log group's name. */
const memberOfLine = "parse @log /\\/mesh\\/(?<member>[^\\/]+)$/";
/** What a proxy sends on to another member. */
const sentOn = 'filter listener like /^egress-/ or listener = "ingress"';

/**
 * The gateway hands its request id inwards as `x-request-id`, Envoy keeps it, and applications pass it on: one id joins the lines of
 * all layers.
 */
export const pathQueries: readonly PathQuery[] = [
    {
        name: "one-request",
        title: "One request through every layer: put its id in",
        query: lines(
            "fields @timestamp, @log, traceId, api, route, listener, caller, upstream, host, status, flags, durationMs, latencyMs",
            'filter requestId = "PUT-THE-REQUEST-ID-HERE"',
            "sort @timestamp asc",
            "limit 200",
        ),
    },
    {
        name: "slowest-requests",
        title: "Slowest requests: gateway and mesh side by side",
        query: lines(
            "filter ispresent(requestId)",
            "stats max(latencyMs) as gatewayMs, max(backendLatencyMs) as backendMs, max(durationMs) as meshMs, latest(route) as calledRoute, count(*) as logLines by requestId",
            "sort gatewayMs desc",
            "limit 25",
        ),
    },
    {
        name: "failed-requests",
        title: "Failed requests: what each layer answered",
        query: lines(
            "filter status >= 500 or backendStatus >= 500",
            "stats latest(api) as calledApi, latest(refusal) as gatewaySays, latest(upstream) as lastUpstream, latest(flags) as proxySays, count(*) as logLines by requestId",
            "sort logLines desc",
            "limit 25",
        ),
    },
];

/** Over the mesh's logs alone. */
export const meshQueries: readonly PathQuery[] = [
    {
        name: "service-to-service",
        title: "Calls between services",
        query: lines(
            memberOfLine,
            sentOn,
            "stats count(*) as requests, pct(durationMs, 50) as p50, pct(durationMs, 99) as p99 by member, upstream",
            "sort requests desc",
        ),
    },
    {
        name: "balancing-spread",
        title: "Requests by instance",
        query: lines(
            memberOfLine,
            sentOn,
            "stats count(*) as requests by upstream, host, member",
            "sort upstream, host",
            "limit 200",
        ),
    },
    {
        name: "failures-between-services",
        title: "Failed calls: UH is an open breaker, UF a broken connection, UT a timeout",
        query: lines(
            memberOfLine,
            sentOn,
            "filter status >= 500",
            "stats count(*) as failed by member, upstream, flags, details",
            "sort failed desc",
        ),
    },
];
