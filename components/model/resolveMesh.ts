import { Issues, type Issue } from "./issues";
import {
    ingressName,
    type MeshDefinition,
    type MeshServiceDefinition,
    type ResolvedMesh,
    type ResolvedService,
} from "./mesh";
import { isDnsLabel, isDnsName, wantDnsLabel, wantDnsName } from "./names";
import { reservedPorts } from "./ports";
import { checkCircuitBreaker, checkLimits, resilienceDefaults } from "./resilience";

const protocols = ["http", "http2", "grpc"];
const balancings = ["ROUND_ROBIN", "LEAST_REQUEST"];
const longestRequestSeconds = 29;

export interface Resolution {
    readonly mesh: ResolvedMesh;
    readonly issues: readonly Issue[];
}

/** Applies the defaults and finds every issue of a mesh; `mesh` is only to be used when there are none. */
export function resolveMesh(definition: MeshDefinition): Resolution {
    const issues = new Issues();
    issues.require(isDnsName(definition.trustDomain), "trustDomain", definition.trustDomain, wantDnsName);
    const names = Object.keys(definition.services);
    for (const [name, service] of Object.entries(definition.services)) {
        issues.addAll(checkService(name, service, names), `services.${name}`);
    }
    issues.addAll(checkPortsDiffer(definition));
    for (const [index, route] of (definition.ingress ?? []).entries()) {
        const path = `ingress[${index}]`;
        issues.require(isDnsLabel(route.api), `${path}.api`, route.api, wantDnsLabel);
        issues.require(names.includes(route.service), `${path}.service`, route.service, wantOneOf(names));
        const first = definition.ingress?.findIndex(({ api }) => api === route.api);
        issues.require(first === index, `${path}.api`, route.api, "a name that no other route has");
    }
    const services = Object.entries(definition.services).map(([name, service]) =>
        resolveService(name, service),
    );
    return {
        mesh: {
            trustDomain: definition.trustDomain,
            services: new Map(services.map((service) => [service.name, service])),
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
    };
}

function checkService(
    name: string,
    service: MeshServiceDefinition,
    names: readonly string[],
): readonly Issue[] {
    const issues = new Issues();
    issues.require(isDnsLabel(name), "name", name, wantDnsLabel);
    issues.require(
        name !== ingressName,
        "name",
        name,
        `a name other than "${ingressName}", which is reserved`,
    );
    issues.addAll(checkLocalPort(service.localPort));
    const { protocol = "http", loadBalancing = "ROUND_ROBIN", healthPath = "/healthz" } = service;
    issues.require(protocols.includes(protocol), "protocol", protocol, wantOneOf(protocols));
    issues.require(balancings.includes(loadBalancing), "loadBalancing", loadBalancing, wantOneOf(balancings));
    issues.require(/^\/[!-~]*$/.test(healthPath), "healthPath", healthPath, 'a path that begins with "/"');
    const timeout = service.requestTimeoutSeconds ?? resilienceDefaults.requestTimeoutSeconds;
    issues.require(
        Number.isFinite(timeout) && timeout > 0 && timeout < longestRequestSeconds,
        "requestTimeoutSeconds",
        timeout,
        `more than 0 and less than ${longestRequestSeconds} seconds, API Gateway's integration limit`,
    );
    issues.addAll(checkCircuitBreaker(service.circuitBreaker ?? {}), "circuitBreaker");
    issues.addAll(checkLimits(service.limits ?? {}), "limits");
    issues.addAll(checkCalls(name, service.calls ?? [], names));
    for (const [index, { pathPrefix }] of (service.safeRepeats ?? []).entries()) {
        const path = `safeRepeats[${index}].pathPrefix`;
        issues.require(pathPrefix.startsWith("/"), path, pathPrefix, 'a path that begins with "/"');
    }
    return issues.all;
}

function checkCalls(name: string, calls: readonly string[], names: readonly string[]): readonly Issue[] {
    const issues = new Issues();
    for (const [index, callee] of calls.entries()) {
        const path = `calls[${index}]`;
        if (callee === name) {
            issues.add(path, callee, "another service: a service reaches itself without the mesh");
        } else if (!names.includes(callee)) {
            issues.add(path, callee, wantOneOf(names.filter((other) => other !== name)));
        } else {
            issues.require(calls.indexOf(callee) === index, path, callee, "each callee once");
        }
    }
    return issues.all;
}

function checkLocalPort(port: number): readonly Issue[] {
    const valid = Number.isInteger(port) && port >= 1024 && port <= 65535 && !reservedPorts.includes(port);
    return valid
        ? []
        : [
              {
                  path: "localPort",
                  got: port,
                  want: `a whole number from 1024 to 65535 other than ${reservedPorts.join(", ")}`,
              },
          ];
}

function checkPortsDiffer({ services }: MeshDefinition): readonly Issue[] {
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

function wantOneOf(values: readonly string[]): string {
    return `one of ${values.join(", ")}`;
}
