import type { DeployedProxy } from "./deployedProxies";

/** One application's way to another, as the caller's deployed bootstrap has it. */
export interface DeployedEdge {
    readonly caller: string;
    readonly callee: string;
    /** Loopback port of the caller's task. */
    readonly localPort: number;
}

interface Listener {
    readonly name: string;
    readonly address: { readonly socket_address: { readonly port_value: number } };
}

const prefix = "egress-";

/** The declared calls of the deployed services. */
export function deployedEdges(proxies: ReadonlyMap<string, DeployedProxy>): readonly DeployedEdge[] {
    return [...proxies.values()].flatMap(({ member, bootstrap }) => {
        const { listeners } = bootstrap.static_resources as { readonly listeners: readonly Listener[] };
        return listeners
            .filter(({ name }) => name.startsWith(prefix))
            .map(({ name, address }) => ({
                caller: member,
                callee: name.slice(prefix.length),
                localPort: address.socket_address.port_value,
            }));
    });
}
