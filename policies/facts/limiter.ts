import { Unjudgeable } from "../finding";
import { memberName } from "./callGraph";
import type { Bootstrap } from "./envoy/bootstrap";
import { ecsServices } from "./sidecar";
import type { Stack } from "./stack";
import { strictJson } from "./strictJson";
import { containersOf, taskDefinitionOf } from "./taskDefinitions";
import { Value } from "./value";

/** Environment variable by which the container of a shared limiter is found: its limits, as JSON. */
export const limitsVariable = "LIMITS";

/** The limiter that a proxy's cluster leads to. */
export interface Limiter {
    readonly container: Value;
    readonly limits: Value;
    /** Environment variables by name; secrets are apart. */
    readonly environment: ReadonlyMap<string, Value>;
}

/** The limiter of this program behind a cluster; whoever else would answer can let everything pass. */
export function limiterBehind(cluster: Value, { clusters }: Bootstrap, stack: Stack): Limiter {
    const hosts = clusters
        .filter(({ message }) => cluster.text !== undefined && message.get("name").text === cluster.text)
        .flatMap((found) => found.hosts);
    const [label, ...others] = [...new Set(hosts.map((host) => host?.split(".")[0]))];
    const service = ecsServices(stack).find((one) => memberName(one) === label);
    if (service === undefined || others.length > 0) {
        throw cluster.unjudgeable("a cluster of this program's limiter");
    }
    const [container, ...more] = containersOf(taskDefinitionOf(service)).filter((one) =>
        variablesOf(one).has(limitsVariable),
    );
    if (container === undefined || more.length > 0) {
        throw new Unjudgeable({
            at: `service "${service.name}"`,
            found: `${more.length === 0 ? "no container" : "more than one container"} with ${limitsVariable}`,
            required: "one container with the limits that it holds",
        });
    }
    const environment = variablesOf(container);
    return { container, environment, limits: limitsOf(environment.get(limitsVariable)) };
}

function variablesOf(container: Value): ReadonlyMap<string, Value> {
    const all = container.get("environment").items();
    const named = all.map((one) => [one.get("name").text ?? "", one.get("value")] as const);
    if (new Set(named.map(([name]) => name)).size !== all.length) {
        throw container.get("environment").unjudgeable("each variable once");
    }
    return new Map(named);
}

function limitsOf(text: Value | undefined): Value {
    const parsed = text?.text === undefined ? undefined : strictJson(text.text);
    if (text === undefined || parsed === undefined) {
        throw (text ?? new Value(limitsVariable, null)).unjudgeable(
            "limits as JSON that names each field once",
        );
    }
    return new Value(limitsVariable, parsed);
}
