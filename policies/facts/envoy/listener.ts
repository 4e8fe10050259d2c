import type { Value } from "../value";
import { portOf, reachOf } from "./address";
import { typeOf } from "./message";

const httpConnectionManager =
    "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";

/** A listener as the rules see it. */
export interface Listener {
    readonly message: Value;
    /** Whether something outside the task can reach it; anything that cannot be told can. */
    readonly facesNetwork: boolean;
    readonly ports: readonly (number | undefined)[];
    readonly chains: readonly Value[];
}

export function listenerFacts(message: Value): Listener {
    const addresses = [
        message.get("address"),
        ...message
            .get("additional_addresses")
            .items()
            .map((other) => other.get("address")),
    ];
    const fallback = message.get("default_filter_chain");
    return {
        message,
        facesNetwork: addresses.some((address) => reachOf(address) !== "task"),
        ports: addresses.map(portOf),
        chains: [...message.get("filter_chains").items(), ...(fallback.isMissing ? [] : [fallback])],
    };
}

/** The connection manager that a filter chain ends in, or nothing where it carries something else than HTTP. */
export function connectionManagerOf(chain: Value): Value | undefined {
    const config = chain.get("filters").items().at(-1)?.get("typed_config");
    return config !== undefined && typeOf(config) === httpConnectionManager ? config : undefined;
}
