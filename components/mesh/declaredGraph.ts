import type { Accepts } from "../model/access";
import { callersOf, type ResolvedMesh } from "../model/mesh";

/** What a mesh registers of its call graph, by which the policies judge every proxy. */
export interface DeclaredGraph {
    readonly trustDomain: string;
    /** Each service with the callers that it lets in. */
    readonly callers: Readonly<Record<string, readonly string[]>>;
    /** Each deployment with its service: a version's tasks have their service's identity. */
    readonly deployments: Readonly<Record<string, string>>;
    /** Services that let a caller ask for some requests only, with what it may ask for. */
    readonly accepts: Readonly<Record<string, Accepts>>;
}

export function declaredGraph(mesh: ResolvedMesh): DeclaredGraph {
    const services = [...mesh.services.values()];
    const callers = services.map(({ name }) => [name, callersOf(mesh, name).map((caller) => caller.name)]);
    const narrowing = services.filter(({ accepts }) => Object.keys(accepts).length > 0);
    return {
        trustDomain: mesh.trustDomain,
        callers: Object.fromEntries(callers) as Record<string, readonly string[]>,
        deployments: Object.fromEntries(
            [...mesh.deployments].map(([deployment, { name }]) => [deployment, name]),
        ),
        accepts: Object.fromEntries(narrowing.map(({ name, accepts }) => [name, accepts])),
    };
}
