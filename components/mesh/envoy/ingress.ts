import type { IngressRoute } from "../../model/mesh";
import { meshPort } from "../../model/ports";
import { bodyLimitFilter } from "./bodyLimit";
import { bootstrap } from "./bootstrap";
import { upstreamClusters } from "./cluster";
import { connectionManager } from "./connectionManager";
import { removeForeignHeaders, unidentified } from "./headers";
import { corsFilter, corsPolicy } from "./cors";
import type { JsonObject } from "../json";
import { listener } from "./listener";
import { oneIdentityFilter } from "./oneIdentity";
import { problemReplies } from "./problems";
import { userRateLimitFilter } from "./rateLimit";
import { upstreamRoutes } from "./routes";
import { sharedLimitFilters } from "./sharedLimit";
import type { IngressSpec, Upstream } from "./spec";
import { tracing } from "./telemetry";
import { gatewayServerTls } from "./tls";

/** The gateway has checked them; no service needs to see, log or lose them. */
const gatewayCredentials = ["authorization", "x-api-key"];

/** The bootstrap of the mesh's ingress: API Gateway on one side, the public services on the other. */
export function ingressBootstrap(spec: IngressSpec): JsonObject {
    const longest = Math.max(...spec.upstreams.map(({ requestTimeoutSeconds }) => requestTimeoutSeconds));
    const entry = listener({
        name: "ingress",
        address: "0.0.0.0",
        port: meshPort,
        tls: gatewayServerTls(),
        filter: connectionManager({
            name: "ingress",
            codec: "HTTP1",
            requestTimeoutSeconds: longest,
            clientCertificate: "remove",
            filters: [corsFilter, oneIdentityFilter, ...limitFilters(spec), bodyLimitFilter],
            routes: routes(spec),
            virtualHost: {
                request_headers_to_remove: gatewayCredentials,
                typed_per_filter_config: corsPolicy(spec.allowedOrigins),
            },
            options: {
                local_reply_config: problemReplies(spec.shared !== undefined),
                early_header_mutation_extensions: removeForeignHeaders,
            },
            ...tracing("ingress", spec.telemetry),
        }),
    });
    return bootstrap({
        member: "ingress",
        trustDomain: spec.trustDomain,
        memory: spec.memory,
        telemetry: spec.telemetry,
        listeners: [entry],
        clusters: [...spec.upstreams, ...(spec.shared === undefined ? [] : [spec.shared.limiter])].flatMap(
            (upstream) => upstreamClusters(spec.trustDomain, upstream),
        ),
    });
}

function limitFilters({ rateLimit, shared }: IngressSpec): readonly JsonObject[] {
    return shared === undefined ? [userRateLimitFilter(rateLimit)] : sharedLimitFilters(rateLimit, shared);
}

/** Without an identity nothing passes. */
function routes({ routes: apis, upstreams }: IngressSpec): readonly JsonObject[] {
    const refused = unidentified.map((headers) => ({
        name: "without identity",
        match: { prefix: "/", headers },
        direct_response: { status: 403 },
    }));
    const byApi = apis.flatMap((route) => {
        const upstream = upstreams.find(({ name }) => name === route.service);
        return upstream === undefined ? [] : apiRoutes(route, upstream);
    });
    return [...refused, ...byApi];
}

function apiRoutes({ api }: IngressRoute, upstream: Upstream): readonly JsonObject[] {
    const match = { safe_regex: { regex: `/(?:v[0-9]+/)?${api}(?:/.*)?` } };
    return upstreamRoutes(upstream, match, { regex_rewrite: withoutStage(api) });
}

/** API Gateway puts the stage's name in front of the path of a private integration; services do not see it. */
function withoutStage(api: string): JsonObject {
    return { pattern: { regex: `^/v[0-9]+(/${api}(?:/.*)?)$` }, substitution: "\\1" };
}
