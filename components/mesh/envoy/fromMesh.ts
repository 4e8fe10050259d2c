import {
    calleeOf,
    callersOf,
    deployedService,
    serviceOf,
    userLimiterName,
    type ResolvedMesh,
    type ServiceContract,
} from "../../model/mesh";
import { limitsOfAllCallers } from "../../model/resilience";
import { deploymentName } from "../../model/traffic";
import type { Telemetry } from "./telemetry";
import type { IngressSpec, SharedLimit, SidecarSpec, Upstream } from "./spec";

export interface ProxySize {
    /** MiB. */
    readonly memory: number;
    readonly telemetry?: Telemetry | undefined;
}

/** What the generator needs to know for one deployment of the mesh, which must be one of the mesh's. */
export function sidecarSpec(mesh: ResolvedMesh, name: string, port: number, size: ProxySize): SidecarSpec {
    const service = deployedService(mesh, name);
    return {
        member: name,
        service: service.name,
        trustDomain: mesh.trustDomain,
        application: {
            port,
            protocol: service.protocol,
            healthPath: service.healthPath,
            requestTimeoutSeconds: service.requestTimeoutSeconds,
            limits: limitsOfAllCallers(service.limits),
        },
        callers: callersOf(mesh, service.name),
        callees: service.calls.map((callee) => {
            const definition = calleeOf(mesh, callee);
            return { localPort: definition.localPort, upstream: upstreamOf(definition) };
        }),
        memory: size.memory,
        telemetry: size.telemetry,
    };
}

/** What the generator needs to know for the ingress. */
export function ingressSpec(
    mesh: ResolvedMesh,
    settings: Pick<IngressSpec, "rateLimit" | "allowedOrigins" | "memory" | "telemetry">,
    shared?: SharedLimit,
): IngressSpec {
    const services = [...new Set(mesh.ingress.map(({ service }) => service))].sort();
    return {
        ...settings,
        trustDomain: mesh.trustDomain,
        routes: mesh.ingress,
        upstreams: services.map((service) => upstreamOf(calleeOf(mesh, service))),
        ...(shared === undefined
            ? {}
            : { shared: { ...shared, limiter: upstreamOf(serviceOf(mesh, userLimiterName)) } }),
    };
}

function upstreamOf(service: ServiceContract): Upstream {
    const deployed = <T extends { readonly version: string }>(entry: T): T & { deployment: string } => ({
        ...entry,
        deployment: deploymentName(service.name, entry.version),
    });
    return {
        ...service,
        headerRoutes: service.headerRoutes.map(deployed),
        mirrors: service.mirrors.map(deployed),
    };
}
