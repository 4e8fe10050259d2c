import { checkForeign, checkPortsDiffer } from "./checkForeign";
import { checkService, indexOf, wantAdmission } from "./checkService";
import { Issues, wantOneOf, type Issue } from "./issues";
import {
    ingressName,
    userLimiterName,
    userLimiterService,
    type IngressRoute,
    type SharedMesh,
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
export function resolveMesh(definition: SharedMesh): Resolution {
    const issues = new Issues();
    issues.require(isDnsName(definition.trustDomain), "trustDomain", definition.trustDomain, wantDnsName);
    const names = Object.keys(definition.services);
    const index = indexOf(definition);
    for (const name of names) {
        issues.addAll(checkService(name, definition, index), `services.${name}`);
    }
    const members = {
        ...definition.services,
        ...(definition.userLimiter === true ? { [userLimiterName]: userLimiterService } : {}),
    };
    issues.addAll(checkForeign(definition));
    issues.addAll(checkPortsDiffer({ ...definition, services: members }));
    for (const [index, route] of (definition.ingress ?? []).entries()) {
        issues.addAll(checkRoute(route, index, definition));
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
            foreign: new Map(Object.entries(definition.foreign ?? {})),
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
        foreignCallers: service.foreignCallers ?? {},
        versions: resolveVersions(name, service),
        headerRoutes: service.headerRoutes ?? [],
        mirrors: service.mirrors ?? [],
    };
}

function checkRoute(
    { api, service }: IngressRoute,
    index: number,
    { foreign = {}, ingress = [], services }: SharedMesh,
): readonly Issue[] {
    const path = `ingress[${index}]`;
    const issues = new Issues();
    issues.require(isDnsLabel(api), `${path}.api`, api, wantDnsLabel);
    const outside = foreign[service];
    const admitted = outside?.callers.includes(ingressName) === true;
    const names = [...Object.keys(services), ...Object.keys(foreign)];
    issues.require(
        Object.hasOwn(services, service) || admitted,
        `${path}.service`,
        service,
        outside === undefined ? wantOneOf(names) : wantAdmission(ingressName, service),
    );
    const { protocol } = services[service] ?? outside ?? {};
    issues.require(protocol !== "grpc", `${path}.service`, service, wantOfIngress);
    const first = ingress.findIndex((other) => other.api === api);
    issues.require(first === index, `${path}.api`, api, "a name that no other route has");
    return issues.all;
}
