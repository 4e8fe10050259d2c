import type { Value } from "../value";

/** Where a socket is: inside the task, on the network, or somewhere that cannot be told from the configuration. */
export type Reach = "task" | "network" | "elsewhere";

/** Source: Envoy, "Network addresses". Names are resolved at run time, so only literal loopback addresses stay in the task. */
export function reachOf(address: Value): Reach {
    const kinds = address.fields;
    if (kinds.length === 1 && kinds[0] === "pipe") {
        return "task";
    }
    const host = address.get("socket_address", "address").text;
    if (kinds.length !== 1 || host === undefined) {
        return "elsewhere";
    }
    return isLoopback(host) ? "task" : "network";
}

export function portOf(address: Value): number | undefined {
    return address.get("socket_address", "port_value").number;
}

function isLoopback(host: string): boolean {
    return /^127(\.\d{1,3}){3}$/.test(host) || host === "::1";
}
