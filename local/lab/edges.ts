import type { DeployedProxy } from "./deployedProxies";
import type { ApplicationProtocol } from "./stubServer";

/** One application's way to another, as the caller's deployed bootstrap has it. */
export interface DeployedEdge {
    readonly caller: string;
    readonly callee: string;
    /** Loopback port of the caller's task. */
    readonly localPort: number;
    /** What the caller's application speaks; gRPC comes over HTTP/2. */
    readonly protocol: ApplicationProtocol;
    /** Names of the clusters, one for each version, that its routes lead to. */
    readonly clusters: readonly string[];
}

interface Listener {
    readonly name: string;
    readonly [field: string]: unknown;
    readonly address: { readonly socket_address: { readonly port_value: number } };
}

const prefix = "egress-";

/** The declared calls of the deployed services. */
export function deployedEdges(proxies: ReadonlyMap<string, DeployedProxy>): readonly DeployedEdge[] {
    return [...proxies.values()].flatMap(({ member, bootstrap }) => {
        const { listeners } = bootstrap.static_resources as { readonly listeners: readonly Listener[] };
        return listeners
            .filter(({ name }) => name.startsWith(prefix))
            .map((listener) => ({
                caller: member,
                callee: listener.name.slice(prefix.length),
                localPort: listener.address.socket_address.port_value,
                protocol: JSON.stringify(listener).includes('"codec_type":"HTTP2"') ? "http2" : "http1",
                clusters: [...new Set(clustersIn(listener))],
            }));
    });
}

/** A route names a cluster, or several under `weighted_clusters`; copies have theirs under `request_mirror_policies`. */
function clustersIn(value: unknown): readonly string[] {
    if (Array.isArray(value)) {
        return value.flatMap(clustersIn);
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    return Object.entries(value).flatMap(([field, inner]) => {
        if (field === "cluster" && typeof inner === "string") {
            return [inner];
        }
        return field === "weighted_clusters"
            ? (inner as { readonly clusters: readonly { readonly name: string }[] }).clusters.map(
                  ({ name }) => name,
              )
            : clustersIn(inner);
    });
}
