import { checkAccepts } from "./access";
import { checkFields, type FieldsOf } from "./fields";
import { Issues, wantOneOf, type Issue } from "./issues";
import { ingressName, reservedMembers, type MeshServiceDefinition, type SharedMesh } from "./mesh";
import { isDnsLabel, wantDnsLabel } from "./names";
import { reservedPorts } from "./ports";
import { checkCircuitBreaker, checkLimits, checkSafeRepeats, resilienceDefaults } from "./resilience";
import { checkTraffic, deploymentName } from "./traffic";

const protocols = ["http", "http2", "grpc"];
const balancings = ["ROUND_ROBIN", "LEAST_REQUEST"];
const longestRequestSeconds = 29;

const serviceFields: FieldsOf<MeshServiceDefinition> = {
    localPort: true,
    protocol: true,
    loadBalancing: true,
    calls: true,
    healthPath: true,
    requestTimeoutSeconds: true,
    circuitBreaker: true,
    limits: true,
    safeRepeats: true,
    propagatesIdentity: true,
    accepts: true,
    foreignCallers: true,
    versions: true,
    headerRoutes: true,
    mirrors: true,
};

/** Every issue of one of a mesh's services, in itself and with the others. */
export function checkService(name: string, mesh: SharedMesh, index: MeshIndex): readonly Issue[] {
    const issues = new Issues();
    const service = mesh.services[name];
    if (service === undefined) {
        throw new RangeError(`the mesh has no service "${name}"`);
    }
    issues.require(isDnsLabel(name), "name", name, wantDnsLabel);
    issues.require(
        !reservedMembers.includes(name),
        "name",
        name,
        `a name other than "${name}", which is reserved`,
    );
    issues.addAll(checkFields(service, serviceFields));
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
    issues.addAll(checkCalls(name, service.calls ?? [], mesh));
    issues.addAll(checkTraffic(name, service, takenBesides(name, index)));
    issues.addAll(checkAccepts(service.accepts ?? {}, declaredCallers(name, mesh, index)), "accepts");
    issues.addAll(checkForeignCallers(name, mesh), "foreignCallers");
    issues.addAll(checkSafeRepeats(service.safeRepeats ?? []), "safeRepeats");
    return issues.all;
}

/** What every service of a mesh is compared with, reckoned once for all of them. */
export interface MeshIndex {
    /** Service to those of the stack that call it. */
    readonly callers: ReadonlyMap<string, readonly string[]>;
    /** Name of a deployment to the services that claim it; the ingress and other stacks' services claim theirs. */
    readonly claims: ReadonlyMap<string, readonly string[]>;
}

export function indexOf({ foreign = {}, services }: SharedMesh): MeshIndex {
    const callers = new Map<string, string[]>();
    const claims = new Map<string, string[]>(reservedMembers.map((member) => [member, [member]]));
    const add = (index: Map<string, string[]>, key: string, value: string): void => {
        const values = index.get(key);
        if (values === undefined) {
            index.set(key, [value]);
        } else {
            values.push(value);
        }
    };
    for (const [name, { calls = [], versions = {} }] of Object.entries(services)) {
        for (const callee of new Set(calls)) {
            add(callers, callee, name);
        }
        for (const deployment of new Set([
            name,
            ...Object.keys(versions).map((version) => deploymentName(name, version)),
        ])) {
            add(claims, deployment, name);
        }
    }
    for (const { name, versions } of Object.values(foreign)) {
        for (const { deployment } of versions) {
            add(claims, deployment, `${name} elsewhere`);
        }
    }
    return { callers, claims };
}

/** Names that the deployments of other services have. */
function takenBesides(name: string, { claims }: MeshIndex): { includes(deployment: string): boolean } {
    return { includes: (deployment) => claims.get(deployment)?.some((owner) => owner !== name) === true };
}

function declaredCallers(
    name: string,
    { services, ingress = [] }: SharedMesh,
    { callers }: MeshIndex,
): readonly string[] {
    const outside = Object.keys(services[name]?.foreignCallers ?? {});
    const entering = ingress.some(({ service }) => service === name) ? [ingressName] : [];
    return [...(callers.get(name) ?? []), ...outside, ...entering];
}

/** A service of this stack calls as its own `calls` say. */
function checkForeignCallers(name: string, { services, ingress = [] }: SharedMesh): readonly Issue[] {
    const issues = new Issues();
    for (const caller of Object.keys(services[name]?.foreignCallers ?? {})) {
        issues.require(isDnsLabel(caller), caller, caller, wantDnsLabel);
        issues.require(
            !Object.hasOwn(services, caller) && (caller !== ingressName || ingress.length === 0),
            caller,
            caller,
            "a caller of another stack: those of this one are named by its calls and routes",
        );
    }
    return issues.all;
}

/** Whoever belongs to another stack may be called if its owner says so. */
function checkCalls(
    name: string,
    calls: readonly string[],
    { foreign = {}, services }: SharedMesh,
): readonly Issue[] {
    const issues = new Issues();
    const isCallable = (other: string): boolean =>
        Object.hasOwn(services, other) || foreign[other]?.callers.includes(name) === true;
    for (const [index, callee] of calls.entries()) {
        const path = `calls[${index}]`;
        if (callee === name) {
            issues.add(path, callee, "another service: a service reaches itself without the mesh");
        } else if (Object.hasOwn(foreign, callee) && !isCallable(callee)) {
            issues.add(path, callee, wantAdmission(name, callee));
        } else if (!isCallable(callee)) {
            const known = [...Object.keys(services), ...Object.keys(foreign)];
            issues.add(path, callee, wantOneOf(known.filter((other) => other !== name && isCallable(other))));
        } else {
            issues.require(calls.indexOf(callee) === index, path, callee, "each callee once");
        }
    }
    return issues.all;
}

/** The end of the sentence "use …" for a service whose owner does not let somebody in. */
export function wantAdmission(caller: string, callee: string): string {
    return `a service that lets ${caller} in: ${callee} belongs to another stack, whose owner must name ${caller} under its foreignCallers and deploy that first`;
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
