/** The value at a path through plain data; undefined where the path ends early. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
    return path.reduce<unknown>(
        (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
        value,
    );
}

function named(list: unknown, name: string): object {
    const found = (list as object[]).find((each) => at(each, "name") === name);
    if (found === undefined) {
        throw new Error(`there is no "${name}"`);
    }
    return found;
}

export function clusterOf(bootstrap: object, name: string): object {
    return named(at(bootstrap, "static_resources", "clusters"), name);
}

/** The HTTP connection manager of a listener. */
export function connectionManagerOf(bootstrap: object, listener: string): unknown {
    const found = named(at(bootstrap, "static_resources", "listeners"), listener);
    return at(found, "filter_chains", 0, "filters", 0, "typed_config");
}

/** `inbound:15443` for each listener. */
export function listenerNames(bootstrap: object): readonly string[] {
    const listeners = at(bootstrap, "static_resources", "listeners") as object[];
    return listeners.map(
        (listener) =>
            `${String(at(listener, "name"))}:${String(at(listener, "address", "socket_address", "port_value"))}`,
    );
}
