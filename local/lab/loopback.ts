import type { Bootstrap } from "./deployedProxies";

export interface SocketAddress {
    readonly host: string;
    readonly port: number;
}

/** Where a proxy runs in the lab. */
export interface Place {
    /** Takes the part of the task's own network interface and of its loopback. */
    readonly host: string;
    /** Name server that takes Cloud Map's part; a proxy that calls nobody needs none. */
    readonly nameServer?: SocketAddress;
}

/**
 * The bootstrap with its addresses changed and nothing else: every interface and the task's loopback become the place's address,
 * and callees' names, which stay as they are, are looked up at the lab's name server.
 */
export function onLoopback(bootstrap: Bootstrap, { host, nameServer }: Place): Bootstrap {
    return rewrite(bootstrap) as Bootstrap;

    function rewrite(value: unknown): unknown {
        if (Array.isArray(value)) {
            return value.map(rewrite);
        }
        if (typeof value !== "object" || value === null) {
            return value;
        }
        const rewritten = Object.fromEntries(
            Object.entries(value).map(([field, inner]) => [
                field,
                field === "socket_address" ? rewriteSocket(inner) : rewrite(inner),
            ]),
        );
        return isDnsCluster(rewritten) && nameServer !== undefined
            ? { ...rewritten, typed_dns_resolver_config: resolver(nameServer) }
            : rewritten;
    }

    function rewriteSocket(socket: unknown): unknown {
        const { address, ...rest } = socket as { readonly address: string };
        return { address: address === "0.0.0.0" || address === "127.0.0.1" ? host : address, ...rest };
    }
}

/** The entry point of a task's container with its loopback address changed. */
export function scriptOnLoopback(script: string, host: string): string {
    return script.replaceAll("/dev/tcp/127.0.0.1/", `/dev/tcp/${host}/`);
}

function isDnsCluster(message: Readonly<Record<string, unknown>>): boolean {
    return String(message["@type"]).endsWith(".clusters.dns.v3.DnsCluster");
}

function resolver({ host, port }: SocketAddress): object {
    return {
        name: "envoy.network.dns_resolver.cares",
        typed_config: {
            "@type":
                "type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig",
            resolvers: [{ socket_address: { address: host, port_value: port } }],
            dns_resolver_options: { no_default_search_domain: true },
        },
    };
}
