import { Issues, type Issue } from "../model/issues";
import { ingressName, type MeshServiceDefinition, type ResolvedMesh } from "../model/mesh";
import { isDnsLabel, wantDnsLabel } from "../model/names";
import { mostTasks } from "../model/scaling";
import { deploymentName, stableVersion } from "../model/traffic";

/** A service that another stack deploys, and to which this mesh gives an identity: the rest is its owner's. */
export interface Guest {
    /** Versions beside the stable one, each with an identity of its own. @default none */
    readonly versions?: readonly string[];
    /** Most tasks of each version: the namespace keeps room for them. @default 10 */
    readonly tasks?: number;
}

export type Guests = Readonly<Record<string, Guest>>;

/** Deployment to the service as which it is known, over all guests. */
export function guestDeployments(guests: Guests): ReadonlyMap<string, string> {
    const deployments = Object.entries(guests).flatMap(([service, { versions = [] }]) =>
        [stableVersion, ...versions].map((version) => [deploymentName(service, version), service] as const),
    );
    return new Map(deployments);
}

/** Most tasks of each of a guest's versions. */
export function guestTasks({ tasks = 10 }: Guest = {}): number {
    return tasks;
}

/** Most tasks of all guests together. */
export function tasksOfGuests(guests: Guests): number {
    return [...guestDeployments(guests).values()].reduce(
        (sum, service) => sum + guestTasks(guests[service]),
        0,
    );
}

/** Names are identities: no guest may have one of the mesh's own. */
export function checkGuests(guests: Guests, mesh: ResolvedMesh): readonly Issue[] {
    const issues = new Issues();
    const taken = [ingressName, ...mesh.services.keys(), ...mesh.deployments.keys()];
    const names = Object.entries(guests).flatMap(([service, { versions = [] }]) => [
        service,
        ...versions.map((version) => deploymentName(service, version)),
    ]);
    for (const [index, name] of names.entries()) {
        issues.require(isDnsLabel(name), name, name, wantDnsLabel);
        const free = !taken.includes(name) && names.indexOf(name) === index;
        issues.require(free, name, name, "a name that no other member has");
    }
    for (const [service, guest] of Object.entries(guests)) {
        const tasks = guestTasks(guest);
        const holds = Number.isInteger(tasks) && tasks >= 1 && tasks <= mostTasks;
        issues.require(holds, `${service}.tasks`, tasks, `1 to ${mostTasks} tasks`);
    }
    return issues.all;
}

/** A caller from outside has an identity, or nobody could be it: it is one of the members that the mesh knows. */
export function checkForeignCallersExist(
    services: Readonly<Record<string, MeshServiceDefinition>>,
    members: readonly string[],
): readonly Issue[] {
    const issues = new Issues();
    for (const [name, { foreignCallers = {} }] of Object.entries(services)) {
        for (const caller of Object.keys(foreignCallers)) {
            const want = `a member of the mesh that another stack deploys: ${members.join(", ") || "there is none"}`;
            issues.require(members.includes(caller), `services.${name}.foreignCallers`, caller, want);
        }
    }
    return issues.all;
}
