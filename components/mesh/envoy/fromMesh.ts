import { callersOf, type ResolvedMesh, type ResolvedService } from "../../model/mesh";
import type { IngressSpec, SidecarSpec, Upstream } from "./spec";

export interface ProxySize {
    /** MiB. */
    readonly memory: number;
}

/** What the generator needs to know for one service of the mesh; the service must be one of the mesh's. */
export function sidecarSpec(mesh: ResolvedMesh, name: string, port: number, size: ProxySize): SidecarSpec {
    const service = member(mesh, name);
    return {
        service: name,
        trustDomain: mesh.trustDomain,
        application: {
            port,
            protocol: service.protocol,
            healthPath: service.healthPath,
            requestTimeoutSeconds: service.requestTimeoutSeconds,
            limits: service.limits,
        },
        callers: callersOf(mesh, name),
        callees: service.calls.map((callee) => {
            const definition = member(mesh, callee);
            return { localPort: definition.localPort, upstream: upstreamOf(definition) };
        }),
        memory: size.memory,
    };
}

/** What the generator needs to know for the ingress. */
export function ingressSpec(
    mesh: ResolvedMesh,
    settings: Pick<IngressSpec, "rateLimit" | "allowedOrigins" | "memory">,
): IngressSpec {
    const services = [...new Set(mesh.ingress.map(({ service }) => service))].sort();
    return {
        ...settings,
        trustDomain: mesh.trustDomain,
        routes: mesh.ingress,
        upstreams: services.map((service) => upstreamOf(member(mesh, service))),
    };
}

function upstreamOf(service: ResolvedService): Upstream {
    const { name, protocol, loadBalancing, healthPath, requestTimeoutSeconds } = service;
    const { circuitBreaker, limits, safeRepeats } = service;
    return {
        name,
        protocol,
        loadBalancing,
        healthPath,
        requestTimeoutSeconds,
        circuitBreaker,
        limits,
        safeRepeats,
    };
}

function member(mesh: ResolvedMesh, name: string): ResolvedService {
    const service = mesh.services.get(name);
    if (service === undefined) {
        throw new RangeError(`the mesh has no service "${name}"`);
    }
    return service;
}
