import { Unjudgeable } from "../finding";
import { meshType } from "./phase";
import type { Resource, Stack } from "./stack";
import type { Value } from "./value";

/** Who may call whom, as the program's mesh registered it. */
export interface CallGraph {
    readonly trustDomain: string;
    /** Services that a service lets in; nothing where it is no member. */
    callersOf(service: string): readonly string[] | undefined;
    /** The service that a deployment is a version of; one that the mesh does not know is a service of its own. */
    serviceOf(deployment: string): string;
    /** What a caller may ask a service for; nothing where it may ask for everything. */
    narrowingOf(service: string, caller: string): readonly Value[];
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
    const accepts = mesh.props.get("accepts");
    const services = servicesByDeployment(mesh);
    return {
        serviceOf: (deployment) => services.get(deployment) ?? deployment,
        narrowingOf: (service, caller) => accepts.get(service, caller).items(),
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

/** Deployments that a mesh registered as versions: a program without a mesh has none. */
export function versionsOf(stack: Stack): (deployment: string) => string {
    const services = new Map(stack.ofType(meshType).flatMap((mesh) => [...servicesByDeployment(mesh)]));
    return (deployment) => services.get(deployment) ?? deployment;
}

/** A version has its service's identity, so its name must say whose version it is. */
function servicesByDeployment({ props }: Resource): ReadonlyMap<string, string> {
    const deployments = props.get("deployments");
    return new Map(
        deployments.fields.map((deployment) => {
            const service = deployments.get(deployment).text;
            const isNamed =
                service !== undefined && (deployment === service || deployment.startsWith(`${service}-`));
            if (!isNamed) {
                throw deployments
                    .get(deployment)
                    .unjudgeable("the service whose name the version's begins with");
            }
            return [deployment, service];
        }),
    );
}

/** The name by which the mesh knows an ECS service: a service's, or a version's. */
export function memberName({ name, props }: Resource): string {
    return props.get("name").text ?? name;
}
