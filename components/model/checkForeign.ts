import { Issues, type Issue } from "./issues";
import type { SharedMesh } from "./mesh";

/** What another stack declares may not be this one's too. */
export function checkForeign({ foreign = {}, services }: SharedMesh): readonly Issue[] {
    const issues = new Issues();
    for (const name of Object.keys(foreign)) {
        issues.require(
            !Object.hasOwn(services, name),
            `services.${name}`,
            name,
            "a name that no service of another stack has",
        );
    }
    return issues.all;
}

interface Listener {
    readonly path: string;
    readonly name: string;
    readonly localPort: number;
}

/**
 * A caller reaches each callee on a loopback port, so that ports differ: over the services of a stack, and those of others that
 * it calls or hands an API to. Two other teams' ports may be the same while nobody calls both.
 */
export function checkPortsDiffer(definition: SharedMesh): readonly Issue[] {
    const issues = new Issues();
    const owners = new Map<number, string>();
    for (const { path, name, localPort } of listenersOf(definition)) {
        const owner = owners.get(localPort);
        issues.require(owner === undefined, path, localPort, `a port other than that of ${owner ?? ""}`);
        owners.set(localPort, owner ?? name);
    }
    return issues.all;
}

function listenersOf({ foreign = {}, services }: SharedMesh): readonly Listener[] {
    const called = new Set(Object.values(services).flatMap(({ calls = [] }) => calls));
    const outside = Object.values(foreign).filter(
        ({ name }) => called.has(name) && !Object.hasOwn(services, name),
    );
    return [
        ...outside.map(({ name, localPort }) => ({ path: `foreign.${name}.localPort`, name, localPort })),
        ...Object.entries(services).map(([name, { localPort }]) => ({
            path: `services.${name}.localPort`,
            name,
            localPort,
        })),
    ];
}
