/** Bootstraps written by hand: the least that an Envoy in the same place could do, and a service that answers at once. */

interface Address {
    readonly host: string;
    readonly port: number;
}

const address = ({ host, port }: Address): object => ({
    socket_address: { address: host, port_value: port },
});

const manager = "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3";
const router = "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router";

function listener(at: Address, route: object): object {
    const routes = [{ match: { prefix: "/" }, ...route }];
    const connectionManager = {
        "@type": `${manager}.HttpConnectionManager`,
        stat_prefix: "bench",
        route_config: { virtual_hosts: [{ name: "all", domains: ["*"], routes }] },
        http_filters: [{ name: "envoy.filters.http.router", typed_config: { "@type": router } }],
    };
    const filter = {
        name: "envoy.filters.network.http_connection_manager",
        typed_config: connectionManager,
    };
    return { address: address(at), filter_chains: [{ filters: [filter] }] };
}

/** A proxy in plain text, without limits, checks or logs. */
export function plainProxy(host: string, port: number, target: Address): object {
    const endpoint = { endpoint: { address: address(target) } };
    const cluster = {
        name: "next",
        connect_timeout: "1s",
        load_assignment: { cluster_name: "next", endpoints: [{ lb_endpoints: [endpoint] }] },
    };
    return {
        admin: { address: address({ host, port: adminPort }) },
        static_resources: {
            listeners: [listener({ host, port }, { route: { cluster: "next" } })],
            clusters: [cluster],
        },
    };
}

/** The application: 200 to everything. */
export function application(at: Address): object {
    return {
        admin: { address: address({ host: at.host, port: applicationAdminPort }) },
        static_resources: {
            listeners: [listener(at, { direct_response: { status: 200, body: { inline_string: "ok" } } })],
        },
    };
}

export const adminPort = 9901;
/** The application shares its host with a sidecar. */
export const applicationAdminPort = 9902;
