import { identityHeaders, spiffeId } from "../../model/mesh";
import { meshPort } from "../../model/ports";
import { applicationCluster } from "./cluster";
import { connectionManager } from "./connectionManager";
import { permissions } from "./permissions";
import { refusedReply } from "./refusals";
import { healthPathOf } from "./health";
import type { JsonObject } from "../json";
import { seconds, typed } from "./message";
import { listener } from "./listener";
import type { SidecarSpec } from "./spec";
import type { Tracing } from "./telemetry";
import { meshServerTls } from "./tls";

/** The one port that takes traffic from the network: mTLS, then the declared callers, then the application. */
export function inboundListener(spec: SidecarSpec, traced: Tracing = {}): JsonObject {
    const { trustDomain, application } = spec;
    return listener({
        name: "inbound",
        address: "0.0.0.0",
        port: meshPort,
        tls: meshServerTls(trustDomain),
        filter: connectionManager({
            name: "inbound",
            codec: "AUTO",
            requestTimeoutSeconds: application.requestTimeoutSeconds,
            clientCertificate: "pass on",
            filters: [authorization(spec), failableHealthCheck(spec)],
            routes: routes(spec),
            options: { local_reply_config: refusedReply(spec.service) },
            ...traced,
        }),
    });
}

/** Denies by default; an empty list of callers denies everybody. */
function authorization({ trustDomain, application, callers }: SidecarSpec): JsonObject {
    const policies = callers.map(({ name, requests }) => [
        name,
        {
            permissions: permissions(requests, application),
            principals: [{ authenticated: { principal_name: { exact: spiffeId(trustDomain, name) } } }],
        },
    ]);
    return {
        name: "envoy.filters.http.rbac",
        typed_config: typed("envoy.extensions.filters.http.rbac.v3.RBAC", {
            rules: { action: "ALLOW", policies: Object.fromEntries(policies) as JsonObject },
        }),
    };
}

/** Passes the health check on to the application, until the entry point fails it to drain the proxy. */
function failableHealthCheck({ application }: SidecarSpec): JsonObject {
    const path = healthPathOf(application);
    return {
        name: "envoy.filters.http.health_check",
        typed_config: typed("envoy.extensions.filters.http.health_check.v3.HealthCheck", {
            pass_through_mode: true,
            headers: [{ name: ":path", string_match: { exact: path } }],
        }),
    };
}

/**
 * Callers that propagate identity keep the identity headers; everybody else's are removed. The connection manager has
 * just written the caller's identity to the end of `x-forwarded-client-cert`, from its verified certificate.
 */
function routes({ trustDomain, application, callers }: SidecarSpec): readonly JsonObject[] {
    const route = {
        cluster: applicationCluster,
        timeout: seconds(application.requestTimeoutSeconds),
    };
    const believed = callers.filter(({ propagatesIdentity }) => propagatesIdentity);
    return [
        ...believed.map(({ name }) => ({
            name: `from ${name}`,
            match: {
                prefix: "/",
                headers: [
                    {
                        name: "x-forwarded-client-cert",
                        string_match: { suffix: `;URI=${spiffeId(trustDomain, name)}` },
                    },
                ],
            },
            route,
        })),
        {
            name: "without identity",
            match: { prefix: "/" },
            request_headers_to_remove: [...identityHeaders],
            route,
        },
    ];
}
