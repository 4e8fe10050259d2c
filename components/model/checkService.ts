import { checkAccepts } from "./access";
import { Issues, wantOneOf, type Issue } from "./issues";
import { ingressName, reservedMembers, type SharedMesh } from "./mesh";
import { isDnsLabel, wantDnsLabel } from "./names";
import { reservedPorts } from "./ports";
import { checkCircuitBreaker, checkLimits, resilienceDefaults } from "./resilience";
import { checkTraffic, deploymentName } from "./traffic";

const protocols = ["http", "http2", "grpc"];
const balancings = ["ROUND_ROBIN", "LEAST_REQUEST"];
const longestRequestSeconds = 29;

/** Every issue of one of a mesh's services, in itself and with the others. */
export function checkService(name: string, mesh: SharedMesh): readonly Issue[] {
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
    issues.addAll(checkTraffic(name, service, takenBesides(name, mesh)));
    issues.addAll(checkAccepts(service.accepts ?? {}, declaredCallers(name, mesh)), "accepts");
    issues.addAll(checkForeignCallers(name, mesh), "foreignCallers");
    for (const [index, { pathPrefix }] of (service.safeRepeats ?? []).entries()) {
        const path = `safeRepeats[${index}].pathPrefix`;
        issues.require(pathPrefix.startsWith("/"), path, pathPrefix, 'a path that begins with "/"');
    }
    return issues.all;
}

/** Names that the deployments of other services have. */
function takenBesides(name: string, { foreign = {}, services }: SharedMesh): readonly string[] {
    const others = Object.entries(services).filter(([other]) => other !== name);
    return [
        ...reservedMembers,
        ...others.flatMap(([other, { versions = {} }]) => [
            other,
            ...Object.keys(versions).map((version) => deploymentName(other, version)),
        ]),
        ...Object.values(foreign).flatMap(({ versions }) => versions.map(({ deployment }) => deployment)),
    ];
}

function declaredCallers(name: string, { services, ingress = [] }: SharedMesh): readonly string[] {
    const callers = Object.keys(services).filter((other) => services[other]?.calls?.includes(name));
    const outside = Object.keys(services[name]?.foreignCallers ?? {});
    return [
        ...callers,
        ...outside,
        ...(ingress.some(({ service }) => service === name) ? [ingressName] : []),
    ];
}

/** A service of this stack calls as its own `calls` say. */
function checkForeignCallers(name: string, { services, ingress = [] }: SharedMesh): readonly Issue[] {
    const issues = new Issues();
    for (const caller of Object.keys(services[name]?.foreignCallers ?? {})) {
        issues.require(isDnsLabel(caller), caller, caller, wantDnsLabel);
        issues.require(
            !(caller in services) && (caller !== ingressName || ingress.length === 0),
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
    const admitting = Object.keys(foreign).filter((other) => foreign[other]?.callers.includes(name));
    const callable = [...Object.keys(services), ...admitting].filter((other) => other !== name);
    for (const [index, callee] of calls.entries()) {
        const path = `calls[${index}]`;
        if (callee === name) {
            issues.add(path, callee, "another service: a service reaches itself without the mesh");
        } else if (foreign[callee] !== undefined && !callable.includes(callee)) {
            issues.add(path, callee, wantAdmission(name, callee));
        } else if (!callable.includes(callee)) {
            issues.add(path, callee, wantOneOf(callable));
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
