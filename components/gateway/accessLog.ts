/**
 * One line of JSON for each request: who (pseudonymous ids), what, how long, and who refused it. No token, key, address, query or
 * body. Values are quoted, because API Gateway writes `-` for what is absent.
 * Source: API Gateway, "Variables for access logging".
 */
export function accessLogFormat(api: string, version: string): string {
    return JSON.stringify({
        requestId: "$context.requestId",
        traceId: "$context.xrayTraceId",
        time: "$context.requestTimeEpoch",
        api,
        version,
        method: "$context.httpMethod",
        route: "$context.resourcePath",
        status: "$context.status",
        user: "$context.authorizer.claims.sub",
        client: "$context.authorizer.claims.client_id",
        consumer: "$context.identity.apiKeyId",
        latencyMs: "$context.responseLatency",
        backendLatencyMs: "$context.integration.latency",
        backendStatus: "$context.integration.status",
        authorizerStatus: "$context.authorizer.status",
        waf: "$context.wafResponseCode",
        refusal: "$context.error.responseType",
        responseBytes: "$context.responseLength",
    });
}
