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
        checks: (stack) => [
            ...each(
                stack.all.filter(({ type }) => type.startsWith("aws:appmesh/")),
                ({ type }) => [{ at: "type", found: type, required: "a service that exists" }],
            ),
            ...each(stack.ofType("aws:ecs/taskDefinition:TaskDefinition"), ({ props }) => {
                const proxy = props.get("proxyConfiguration");
                return proxy.require(proxy.isMissing, "nothing: the sidecar is a container like any other");
            }),
        ],
    };
}
