import type { Value } from "../value";
import { clusterFacts, type Cluster } from "./cluster";
import { connectionManagerOf, listenerFacts, type Listener } from "./listener";

/** Everything that a proxy does, where its bootstrap is static. */
export interface Bootstrap {
    readonly message: Value;
    readonly listeners: readonly Listener[];
    readonly clusters: readonly Cluster[];
}

const known = new WeakMap<Value, Bootstrap>();

/** Read once a configuration: every rule on proxies asks. */
export function bootstrapFacts(message: Value): Bootstrap {
    const facts = known.get(message) ?? readBootstrap(message);
    known.set(message, facts);
    return facts;
}

function readBootstrap(message: Value): Bootstrap {
    const resources = message.get("static_resources");
    return {
        message,
        listeners: resources.get("listeners").items().map(listenerFacts),
        clusters: resources.get("clusters").items().map(clusterFacts),
    };
}

/** Listeners that something outside the task can reach. */
export function facingNetwork(bootstrap: Bootstrap): readonly Listener[] {
    return bootstrap.listeners.filter(({ facesNetwork }) => facesNetwork);
}

/** Clusters that lead out of the task. */
export function leavingTask(bootstrap: Bootstrap): readonly Cluster[] {
    return bootstrap.clusters.filter(({ isLocal }) => !isLocal);
}

/** Connection managers of listeners; a chain that carries something else has none, and is another rule's matter. */
export function managersOf(listeners: readonly Listener[]): readonly Value[] {
    return listeners.flatMap(({ chains }) => chains).flatMap((chain) => connectionManagerOf(chain) ?? []);
}
