import { callersOf, type ResolvedMesh, type ResolvedService } from "../../model/mesh";
import { resilienceDefaults, type ConnectionLimits } from "../../model/resilience";
import { deploymentName } from "../../model/traffic";
import type { Telemetry } from "./telemetry";
import type { IngressSpec, SidecarSpec, Upstream } from "./spec";

export interface ProxySize {
    /** MiB. */
    readonly memory: number;
    readonly telemetry?: Telemetry | undefined;
}

/** What the generator needs to know for one deployment of the mesh, which must be one of the mesh's. */
export function sidecarSpec(mesh: ResolvedMesh, name: string, port: number, size: ProxySize): SidecarSpec {
    const service = deployment(mesh, name);
    return {
        member: name,
        service: service.name,
        trustDomain: mesh.trustDomain,
        application: {
            port,
            protocol: service.protocol,
            healthPath: service.healthPath,
            requestTimeoutSeconds: service.requestTimeoutSeconds,
            limits: fromAllCallers(service.limits),
        },
        callers: callersOf(mesh, service.name),
        callees: service.calls.map((callee) => {
            const definition = member(mesh, callee);
            return { localPort: definition.localPort, upstream: upstreamOf(definition) };
        }),
        memory: size.memory,
        telemetry: size.telemetry,
    };
}

/**
 * Limits are meant for one caller's proxy, and how many there are no bootstrap knows: all of them together may have what one of
 * them may, or the default where that is more.
 */
function fromAllCallers(limits: Required<ConnectionLimits>): Required<ConnectionLimits> {
    const { maxConnections, maxPendingRequests, maxRequests } = resilienceDefaults.limits;
    return {
        maxConnections: Math.max(limits.maxConnections, maxConnections),
        maxPendingRequests: Math.max(limits.maxPendingRequests, maxPendingRequests),
        maxRequests: Math.max(limits.maxRequests, maxRequests),
    };
}

/** What the generator needs to know for the ingress. */
export function ingressSpec(
    mesh: ResolvedMesh,
    settings: Pick<IngressSpec, "rateLimit" | "allowedOrigins" | "memory" | "telemetry">,
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
    const { circuitBreaker, limits, safeRepeats, versions } = service;
    const deployed = <T extends { readonly version: string }>(entry: T): T & { deployment: string } => ({
        ...entry,
        deployment: deploymentName(name, entry.version),
    });
    return {
        name,
        protocol,
        loadBalancing,
        healthPath,
        requestTimeoutSeconds,
        circuitBreaker,
        limits,
        safeRepeats,
        versions,
        headerRoutes: service.headerRoutes.map(deployed),
        mirrors: service.mirrors.map(deployed),
    };
}

function deployment(mesh: ResolvedMesh, name: string): ResolvedService {
    const service = mesh.deployments.get(name);
    if (service === undefined) {
        throw new RangeError(`the mesh deploys no "${name}"`);
    }
    return service;
}

function member(mesh: ResolvedMesh, name: string): ResolvedService {
    const service = mesh.services.get(name);
    if (service === undefined) {
        throw new RangeError(`the mesh has no service "${name}"`);
    }
    return service;
}
