import { Unjudgeable } from "../finding";
import { bootstrapFacts, type Bootstrap } from "./envoy/bootstrap";
import { envoyConfiguration } from "./envoy/text";
import { phaseOf } from "./phase";
import type { Resource, Stack } from "./stack";
import { containersOf, ecsServiceType, taskDefinitionOf } from "./taskDefinitions";
import type { Value } from "./value";

/** Conventions by which a task's proxy is found. */
export const sidecarContainer = "envoy";
export const bootstrapVariable = "ENVOY_BOOTSTRAP";

/** The proxy of an ECS service's tasks. */
export interface Sidecar {
    readonly service: Resource;
    readonly container: Value;
    readonly bootstrap: Bootstrap;
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
    const containers = containersOf(taskDefinitionOf(service));
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
    return {
        service,
        container,
        bootstrap: bootstrapFacts(envoyConfiguration(bootstrapText(container))),
        isIngress: isBehindLoadBalancer(service),
    };
}

function bootstrapText(container: Value): Value {
    const environment = container.get("environment");
    const [variable, ...others] = environment
        .items()
        .filter((candidate) => candidate.get("name").text === bootstrapVariable);
    if (variable === undefined || others.length > 0) {
        const found = `${others.length === 0 ? "no" : "more than one"} ${bootstrapVariable}`;
        throw environment.unjudgeable(
            `the proxy's bootstrap in exactly one variable ${bootstrapVariable}`,
            found,
        );
    }
    return variable.get("value");
}
