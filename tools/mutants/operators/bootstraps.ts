import { parse } from "yaml";
import { replaced, type Kind, type Operator, type Props } from "../operator";
import type { Recorded } from "../recording";

const task = "aws:ecs/taskDefinition:TaskDefinition";

/** An operator on a task's containers. */
export function inContainers(
    rule: string,
    kind: Kind,
    target: string,
    change: (containers: Props[]) => void,
    where: (task: Recorded) => boolean = () => true,
): Operator {
    return {
        kind,
        target,
        rule,
        appliesTo: (resource) => resource.type === task && where(resource),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                const containers = JSON.parse(String(props.containerDefinitions)) as Props[];
                change(containers);
                props.containerDefinitions = JSON.stringify(containers);
            }),
    };
}

/** The container `envoy`. */
export function proxy(containers: readonly Props[]): Props {
    const found = containers.find(({ name }) => name === "envoy");
    if (found === undefined) {
        throw new Error("no proxy to change");
    }
    return found;
}

/** An operator on a proxy's bootstrap, of services that call others. */
export function inBootstrap(
    rule: string,
    kind: Kind,
    target: string,
    change: (bootstrap: Bootstrap) => void,
    where: (task: Recorded) => boolean = callsOthers,
): Operator {
    const changed = (containers: Props[]): void => {
        const variables = proxy(containers).environment as { name: string; value: string }[];
        for (const variable of variables.filter(({ name }) => name === "ENVOY_BOOTSTRAP")) {
            const bootstrap = apart(parse(variable.value, { maxAliasCount: 10_000 }));
            change(bootstrap);
            variable.value = JSON.stringify(bootstrap);
        }
    };
    return inContainers(rule, kind, target, changed, where);
}

/** A copy in which parts that the text has in common are apart, so that a change to one is no change to another. */
function apart(bootstrap: unknown): Bootstrap {
    return JSON.parse(JSON.stringify(bootstrap)) as Bootstrap;
}

export interface Bootstrap extends Props {
    static_resources: { listeners: Props[]; clusters: Props[] };
}

/** Every service of the shop but one calls others; the ingress does too, its limiter does not. */
export function callsOthers({ name }: Recorded): boolean {
    return !["analytics-service", "user-limiter"].includes(name);
}

export function isIngress({ name }: Recorded): boolean {
    return name === "ingress";
}

export function isMember({ name }: Recorded): boolean {
    return name !== "ingress";
}

/** The first cluster that leaves the task. */
export function callee({ static_resources: { clusters } }: Bootstrap): Props {
    const found = clusters.find((cluster) => "outlier_detection" in cluster);
    if (found === undefined) {
        throw new Error("no callee to change");
    }
    return found;
}

/** The listener that takes traffic from the network. */
export function inbound({ static_resources: { listeners } }: Bootstrap): Props {
    const found = listeners.find(({ name }) => name === "inbound" || name === "ingress");
    if (found === undefined) {
        throw new Error("no listener to change");
    }
    return found;
}

/** The connection manager of a listener. */
export function manager(listener: Props): Props {
    const [chain] = listener.filter_chains as { filters: { typed_config: Props }[] }[];
    const config = chain?.filters[0]?.typed_config;
    if (config === undefined) {
        throw new Error("no connection manager to change");
    }
    return config;
}
