import { Unjudgeable } from "../finding";
import type { Resource, Stack } from "./stack";

const meshType = "shop:mesh:ServiceMesh";

/** Who may call whom, as the program's mesh registered it. */
export interface CallGraph {
    readonly trustDomain: string;
    /** Services that a service lets in; nothing where it is no member. */
    callersOf(service: string): readonly string[] | undefined;
}

export function callGraphOf(stack: Stack): CallGraph {
    const [mesh, ...others] = stack.ofType(meshType);
    const trustDomain = mesh?.props.get("trustDomain").text;
    if (mesh === undefined || trustDomain === undefined || others.length > 0) {
        throw new Unjudgeable({
            at: "call graph",
            found: mesh === undefined ? "no mesh" : "more than one mesh, or one without trust domain",
            required: "one ServiceMesh that registers who may call whom",
        });
    }
    const callers = mesh.props.get("callers");
    return {
        trustDomain,
        callersOf: (service) =>
            callers.get(service).isMissing
                ? undefined
                : callers
                      .get(service)
                      .items()
                      .flatMap(({ text }) => text ?? []),
    };
}

/** The name by which the mesh knows an ECS service. */
export function memberName({ name, props }: Resource): string {
    return props.get("name").text ?? name;
}
