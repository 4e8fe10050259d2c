import type { Bootstrap } from "./deployedProxies";

/** A loopback address for each member, so that all can use the ports that they use in their own tasks. */
export function loopbackAddresses(members: readonly string[]): ReadonlyMap<string, string> {
    return new Map([...members].sort().map((member, index) => [member, `127.77.0.${index + 10}`]));
}

/**
 * The bootstrap with its addresses changed and nothing else: every interface and the task's loopback become the member's address,
 * a callee's DNS name becomes that callee's.
 */
export function onLoopback(bootstrap: Bootstrap, addresses: ReadonlyMap<string, string>): Bootstrap {
    const { id, cluster: trustDomain } = bootstrap.node;
    const own = addressOf(id);
    return rewrite(bootstrap) as Bootstrap;

    function addressOf(member: string): string {
        const address = addresses.get(member);
        if (address === undefined) {
            throw new Error(`${member} has no loopback address`);
        }
        return address;
    }

    function rewrite(value: unknown): unknown {
        if (Array.isArray(value)) {
            return value.map(rewrite);
        }
        if (typeof value !== "object" || value === null) {
            return value;
        }
        return Object.fromEntries(
            Object.entries(value).map(([field, inner]) =>
                field === "socket_address" ? [field, rewriteSocket(inner)] : [field, rewrite(inner)],
            ),
        );
    }

    function rewriteSocket(socket: unknown): unknown {
        const { address, ...rest } = socket as { readonly address: string };
        if (address === "0.0.0.0" || address === "127.0.0.1") {
            return { address: own, ...rest };
        }
        const suffix = `.${trustDomain}`;
        if (!address.endsWith(suffix)) {
            throw new Error(`${id}: ${address} is not a name of ${trustDomain}`);
        }
        return { address: addressOf(address.slice(0, -suffix.length)), ...rest };
    }
}
