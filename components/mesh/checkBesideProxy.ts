import { Issues, type Issue } from "../model/issues";
import { contractOf, type ResolvedMesh, type ResolvedService, type ServiceContract } from "../model/mesh";
import { urlVariable } from "../model/names";
import type { ApplicationArgs } from "./resolveService";

/** What an application may not be beside the proxy that the mesh gives it. */
export function checkBesideProxy(
    service: ResolvedService,
    args: ApplicationArgs,
    mesh: ResolvedMesh,
): readonly Issue[] {
    const callees = service.calls.flatMap((callee) => contractOf(mesh, callee) ?? []);
    return [
        ...checkPort(args.port, callees),
        ...checkVariables(args, callees),
        ...checkHealthCommand(service, args),
    ];
}

/** All containers of a task share its loopback interface. */
function checkPort(port: number, callees: readonly ServiceContract[]): readonly Issue[] {
    const issues = new Issues();
    for (const { name, localPort } of callees) {
        const want = `a port other than ${localPort}, on which ${name} is reached`;
        issues.require(port !== localPort, "port", port, want);
    }
    return issues.all;
}

/** The mesh tells the application where its callees are. */
function checkVariables(
    { environment = {}, secrets = {} }: ApplicationArgs,
    callees: readonly ServiceContract[],
): readonly Issue[] {
    const issues = new Issues();
    for (const { name } of callees) {
        const variable = urlVariable(name);
        for (const [path, given] of Object.entries({ environment, secrets })) {
            const want = `another name: the mesh sets it to the address of ${name}`;
            issues.require(!(variable in given), `${path}.${variable}`, variable, want);
        }
    }
    return issues.all;
}

/** The shell in the sidecar's health check asks in HTTP/1.1: what speaks something else has to be asked by a command of its own. */
function checkHealthCommand(
    { protocol }: ResolvedService,
    { healthCommand }: ApplicationArgs,
): readonly Issue[] {
    const issues = new Issues();
    issues.require(
        protocol === "http" || healthCommand !== undefined,
        "healthCommand",
        healthCommand,
        `a command that asks the application over ${protocol}, such as ["CMD", "/bin/grpc_health_probe", "-addr=:8080"]`,
    );
    return issues.all;
}
