import type { Plain, PlainObject } from "../plain";
import type { Value } from "../value";

const prefix = "type.googleapis.com/envoy";
const manager = `${prefix}.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager`;
const rbac = `${prefix}.extensions.filters.http.rbac.v3.RBAC`;
const router = `${prefix}.extensions.filters.http.router.v3.Router`;
const stdout = `${prefix}.extensions.access_loggers.stream.v3.StdoutAccessLog`;

export interface ListenerParts {
    readonly name: string;
    readonly address: string;
    readonly port: Plain;
    readonly transport: PlainObject;
    /** Identities of those who are let in; nothing where everybody is. */
    readonly callers?: readonly string[] | undefined;
    readonly logging: Value;
    readonly routes: readonly PlainObject[];
}

/** A listener as App Mesh's control plane would write it, as far as the rules ask. */
export function listener(parts: ListenerParts): PlainObject {
    const { name, address, port, transport, callers, logging, routes } = parts;
    const config = {
        "@type": manager,
        stat_prefix: name,
        access_log: accessLog(logging),
        http_filters: [
            ...(callers === undefined ? [] : [letsIn(callers)]),
            { name: "envoy.filters.http.router", typed_config: { "@type": router } },
        ],
        route_config: { name, virtual_hosts: [{ name, domains: ["*"], routes }] },
    };
    return {
        name,
        address: { socket_address: { address, port_value: port } },
        filter_chains: [
            {
                name,
                ...transport,
                filters: [{ name: "envoy.filters.network.http_connection_manager", typed_config: config }],
            },
        ],
    };
}

/** The list of names in a listener's TLS validation is the list of callers: the handshake decides, and nothing after it. */
function letsIn(callers: readonly string[]): PlainObject {
    const policy = {
        permissions: [{ any: true }],
        principals: callers.map((exact) => ({ authenticated: { principal_name: { exact } } })),
    };
    return {
        name: "envoy.filters.http.rbac",
        typed_config: {
            "@type": rbac,
            rules: { policies: callers.length === 0 ? {} : { callers: policy } },
        },
    };
}

/** Only what goes to standard output reaches the log group. */
function accessLog(logging: Value): readonly PlainObject[] {
    const file = logging.get("accessLog", "file");
    if (file.get("path").text !== "/dev/stdout") {
        return [];
    }
    const fields = file
        .get("format", "jsons")
        .items()
        .flatMap((field): [string, Plain][] => {
            const [key, value] = [field.get("key").text, field.get("value").text];
            return key === undefined || value === undefined ? [] : [[key, value]];
        });
    return [
        {
            name: "envoy.access_loggers.stdout",
            typed_config: { "@type": stdout, log_format: { json_format: Object.fromEntries(fields) } },
        },
    ];
}
