import { resourceVariable } from "../facts/appmesh/proxySource";
import { meshType } from "../facts/appmesh/resources";
import { variablesNamed } from "../facts/dataPlane";
import type { Resource } from "../facts/stack";
import { containersOf } from "../facts/taskDefinitions";
import type { Finding } from "../finding";
import { each, type Rule } from "../rule";

/** AWS ended App Mesh, which the ADR names; the mesh is Envoy's. */
export function noAppMesh(): Rule {
    return {
        id: "no-app-mesh",
        title: "No AWS App Mesh",
        description:
            "No resource of AWS App Mesh, which AWS ended on 2026-09-30, and no task that expects its proxy.",
        clause: "AWS App Mesh: For service mesh functionality",
        severity: "high",
        controls: [],
        remediation: "use ServiceMesh and MeshedService; docs/decisions/0001-data-plane.md says why.",
        settings: {},
        checks: (stack) => {
            const meshes = stack.ofType(meshType);
            return [
                ...each(meshes, ended),
                ...each(
                    stack.all.filter(({ type }) => type.startsWith("aws:appmesh/") && type !== meshType),
                    (resource) => (isOfMesh(resource, meshes) ? [] : ended(resource)),
                ),
                ...each(stack.ofType("aws:ecs/taskDefinition:TaskDefinition"), (task) =>
                    expectsProxy(task, meshes),
                ),
            ];
        },
    };
}

function ended({ type }: Resource): readonly Finding[] {
    return [{ at: "type", found: type, required: "a service that exists" }];
}

/** What belongs to the program's one mesh stands and falls with it; a mesh of somebody else's would be out of sight. */
function isOfMesh({ props }: Resource, meshes: readonly Resource[]): boolean {
    const [mesh, ...others] = meshes;
    const name = mesh?.props.get("name").text;
    return others.length === 0 && name !== undefined && props.get("meshName").text === name;
}

/** Interception belongs to App Mesh's proxy: any other would not know where a connection was going. */
function expectsProxy(task: Resource, meshes: readonly Resource[]): readonly Finding[] {
    const proxy = task.props.get("proxyConfiguration");
    const isOfAppMesh = (): boolean =>
        meshes.length === 1 &&
        containersOf(task).some((container) => variablesNamed(container, resourceVariable).length > 0);
    return proxy.require(
        proxy.isMissing || isOfAppMesh(),
        "nothing: the sidecar is a container like any other",
    );
}
