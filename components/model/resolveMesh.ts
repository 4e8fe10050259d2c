import { checkService } from "./checkService";
import { Issues, wantOneOf, type Issue } from "./issues";
import {
    userLimiterName,
    userLimiterService,
    type MeshDefinition,
    type MeshServiceDefinition,
    type ResolvedMesh,
    type ResolvedService,
} from "./mesh";
import { isDnsLabel, isDnsName, wantDnsLabel, wantDnsName } from "./names";
import { resilienceDefaults } from "./resilience";
import { resolveVersions } from "./traffic";

const wantOfIngress = "a service that speaks http or http2: API Gateway's REST APIs carry no gRPC";

export interface Resolution {
    readonly mesh: ResolvedMesh;
    readonly issues: readonly Issue[];
}

/** Applies the defaults and finds every issue of a mesh; `mesh` is only to be used when there are none. */
export function resolveMesh(definition: MeshDefinition): Resolution {
    const issues = new Issues();
    issues.require(isDnsName(definition.trustDomain), "trustDomain", definition.trustDomain, wantDnsName);
    const names = Object.keys(definition.services);
    for (const name of names) {
        issues.addAll(checkService(name, definition), `services.${name}`);
    }
    const members = {
        ...definition.services,
        ...(definition.userLimiter === true ? { [userLimiterName]: userLimiterService } : {}),
    };
    issues.addAll(checkPortsDiffer(members));
    for (const [index, route] of (definition.ingress ?? []).entries()) {
        const path = `ingress[${index}]`;
        issues.require(isDnsLabel(route.api), `${path}.api`, route.api, wantDnsLabel);
        issues.require(names.includes(route.service), `${path}.service`, route.service, wantOneOf(names));
        const protocol = definition.services[route.service]?.protocol;
        issues.require(protocol !== "grpc", `${path}.service`, route.service, wantOfIngress);
        const first = definition.ingress?.findIndex(({ api }) => api === route.api);
        issues.require(first === index, `${path}.api`, route.api, "a name that no other route has");
    }
    const services = Object.entries(members).map(([name, service]) => resolveService(name, service));
    return {
        mesh: {
            trustDomain: definition.trustDomain,
            services: new Map(services.map((service) => [service.name, service])),
            deployments: new Map(
                services.flatMap((service) =>
                    service.versions.map(({ deployment }) => [deployment, service] as const),
                ),
            ),
            ingress: definition.ingress ?? [],
        },
        issues: issues.all,
    };
}

function resolveService(name: string, service: MeshServiceDefinition): ResolvedService {
    const protocol = service.protocol ?? "http";
    return {
        name,
        localPort: service.localPort,
        protocol,
        loadBalancing: service.loadBalancing ?? "ROUND_ROBIN",
        calls: service.calls ?? [],
        healthPath: service.healthPath ?? "/healthz",
        requestTimeoutSeconds: service.requestTimeoutSeconds ?? resilienceDefaults.requestTimeoutSeconds,
        circuitBreaker: { ...resilienceDefaults.circuitBreaker, ...service.circuitBreaker },
        limits: { ...resilienceDefaults.limits, ...service.limits },
        safeRepeats: service.safeRepeats ?? [],
        propagatesIdentity: service.propagatesIdentity ?? false,
        accepts: service.accepts ?? {},
        versions: resolveVersions(name, service),
        headerRoutes: service.headerRoutes ?? [],
        mirrors: service.mirrors ?? [],
    };
}

function checkPortsDiffer(services: MeshDefinition["services"]): readonly Issue[] {
    const issues = new Issues();
    const owners = new Map<number, string>();
    for (const [name, { localPort }] of Object.entries(services)) {
        const owner = owners.get(localPort);
        const path = `services.${name}.localPort`;
        issues.require(owner === undefined, path, localPort, `a port other than that of ${owner ?? ""}`);
        owners.set(localPort, owner ?? name);
    }
    return issues.all;
}
