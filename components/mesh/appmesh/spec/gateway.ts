import type { IngressRoute, ResolvedMesh } from "../../../model/mesh";
import { resilienceDefaults } from "../../../model/resilience";
import { accessLog } from "./accessLog";
import { applicationPort, virtualServiceName } from "./names";
import { gatewayTls, towards } from "./tls";
import type { GatewayRouteSpec, VirtualGatewaySpec } from "./types";

/** The way in: API Gateway's client certificate on one side, the identities of the public services on the other. */
export function virtualGatewaySpec({ trustDomain, ingress }: ResolvedMesh): VirtualGatewaySpec {
    const services = [...new Set(ingress.map(({ service }) => service))].sort();
    const { maxConnections, maxPendingRequests } = resilienceDefaults.limits;
    return {
        listeners: [
            {
                portMapping: { port: applicationPort, protocol: "http" },
                tls: gatewayTls(),
                connectionPool: { http: { maxConnections, maxPendingRequests } },
            },
        ],
        backendDefaults: { clientPolicy: towards(trustDomain, services) },
        logging: accessLog,
    };
}

export interface NamedGatewayRoute {
    readonly name: string;
    readonly spec: GatewayRouteSpec;
}

/** An API's own path, and the same behind each of its stages, which API Gateway puts in front and services do not see. */
export function gatewayRoutesOf({ trustDomain, ingress }: ResolvedMesh): readonly NamedGatewayRoute[] {
    return ingress.flatMap((route) => [
        { name: route.api, spec: gatewayRoute(trustDomain, route, { defaultPrefix: "DISABLED" }) },
        ...(route.stages ?? []).map((stage) => ({
            name: `${stage}-${route.api}`,
            spec: gatewayRoute(trustDomain, route, { value: `/${route.api}` }, `/${stage}`),
        })),
    ]);
}

function gatewayRoute(
    trustDomain: string,
    { api, service }: IngressRoute,
    prefix: GatewayRouteSpec["httpRoute"]["action"]["rewrite"]["prefix"],
    stage = "",
): GatewayRouteSpec {
    return {
        httpRoute: {
            match: { prefix: `${stage}/${api}` },
            action: {
                target: { virtualService: { virtualServiceName: virtualServiceName(service, trustDomain) } },
                rewrite: { prefix },
            },
        },
    };
}
