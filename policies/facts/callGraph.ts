import { Unjudgeable } from "../finding";
import { foreignServices } from "./handOver";
import type { Resource, Stack } from "./stack";
import type { Value } from "./value";

/** A mesh of the program's own, or another stack's that it joins. */
const meshTypes = ["shop:mesh:ServiceMesh", "shop:mesh:JoinedMesh"];

/** Who may call whom, as the program's mesh registered it. */
export interface CallGraph {
    readonly trustDomain: string;
    /** Services that a service lets in; nothing where it is no member. */
    callersOf(service: string): readonly string[] | undefined;
    /** Whether a service lets a caller in: one of the program's, or another stack's, as its owner declares it. */
    lets(caller: string, service: string): boolean;
    /** The service that a deployment is a version of; one that the mesh does not know is a service of its own. */
    serviceOf(deployment: string): string;
    /** What a caller may ask a service for; nothing where it may ask for everything. */
    narrowingOf(service: string, caller: string): readonly Value[];
}

const graphs = new WeakMap<Stack, CallGraph>();
const versions = new WeakMap<Stack, (deployment: string) => string>();

/** Read once a stack: every service is judged by it. */
export function callGraphOf(stack: Stack): CallGraph {
    const known = graphs.get(stack) ?? readCallGraph(stack);
    graphs.set(stack, known);
    return known;
}

function readCallGraph(stack: Stack): CallGraph {
    const [mesh, ...others] = stack.ofType(...meshTypes);
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
    const serviceOf = versionsOf(stack);
    const foreign = foreignServices(stack);
    const callersOf = (service: string): readonly string[] | undefined =>
        callers.get(service).isMissing
            ? undefined
            : callers
                  .get(service)
                  .items()
                  .flatMap(({ text }) => text ?? []);
    return {
        serviceOf,
        lets: (caller, service) =>
            callersOf(service)?.includes(caller) ??
            foreign.some(({ name, callers: admitted }) => name === service && admitted.includes(caller)),
        narrowingOf: (service, caller) => accepts.get(service, caller).items(),
        trustDomain,
        callersOf,
    };
}

/** Deployments that a mesh registered as versions, and those of other stacks' services: a program without a mesh has none. */
export function versionsOf(stack: Stack): (deployment: string) => string {
    const known = versions.get(stack) ?? readVersions(stack);
    versions.set(stack, known);
    return known;
}

function readVersions(stack: Stack): (deployment: string) => string {
    const services = new Map([
        ...foreignServices(stack).flatMap(({ name, deployments }) =>
            deployments.map((deployment) => [deployment, name] as const),
        ),
        ...stack.ofType(...meshTypes).flatMap((mesh) => [...servicesByDeployment(mesh)]),
    ]);
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
