import { Unjudgeable } from "../finding";
import { appMeshProxy } from "./appmesh/proxySource";
import type { ProxySource } from "./dataPlane";
import { bootstrapFacts, type Bootstrap } from "./envoy/bootstrap";
import { envoyProxy } from "./envoy/proxySource";
import { phaseOf } from "./phase";
import type { Resource, Stack } from "./stack";
import { containersOf, ecsServiceType, taskDefinitionOf } from "./taskDefinitions";
import type { Value } from "./value";

/** The name by which a task's proxy is found. */
export const sidecarContainer = "envoy";

/** The proxy of an ECS service's tasks. */
export interface Sidecar {
    readonly service: Resource;
    readonly container: Value;
    readonly bootstrap: Bootstrap;
    /** Where the bootstrap comes from: it stands in the task, or App Mesh makes it. */
    readonly source: ProxySource;
    /** Whether it takes traffic from outside the mesh: a load balancer leads to it. */
    readonly isIngress: boolean;
}

export function ecsServices(stack: Stack): readonly Resource[] {
    return stack.ofType(ecsServiceType);
}

/** Services whose tasks must have a proxy: all, as soon as the migration has brought them. */
export function proxiedServices(stack: Stack): readonly Resource[] {
    return phaseOf(stack).proxies ? ecsServices(stack) : [];
}

/** A service's attachments to load balancers. */
export function loadBalancersOf(service: Resource): readonly Value[] {
    return service.props.get("loadBalancers").items();
}

/** Whether the proxy, or what cannot be told, takes traffic from a load balancer. An application that does is no ingress. */
export function isBehindLoadBalancer(service: Resource): boolean {
    return loadBalancersOf(service).some((attachment) => {
        const container = attachment.get("containerName").text;
        return container === undefined || container === sidecarContainer;
    });
}

export function sidecarOf(service: Resource): Sidecar {
    const task = taskDefinitionOf(service);
    const containers = containersOf(task);
    const [container, ...others] = containers.filter(
        (candidate) => candidate.get("name").text === sidecarContainer,
    );
    if (container === undefined || others.length > 0) {
        const names = containers.map((candidate) => candidate.get("name").shown).join(", ");
        throw new Unjudgeable({
            at: "containerDefinitions",
            found: `the containers ${names || "(none)"}`,
            required: `exactly one container named "${sidecarContainer}"`,
        });
    }
    const source = appMeshProxy(service, task, container) ?? envoyProxy(container);
    return {
        service,
        container,
        bootstrap: bootstrapFacts(source.configuration),
        source,
        isIngress: isBehindLoadBalancer(service),
    };
}
