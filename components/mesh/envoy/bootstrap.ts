import { adminPort } from "../../model/ports";
import type { Json, JsonObject } from "../json";
import { typed } from "./message";
import { collectorCluster, statistics, type Telemetry } from "./telemetry";

export interface BootstrapSpec {
    readonly member: string;
    readonly trustDomain: string;
    /** MiB after which the kernel ends the proxy. */
    readonly memory: number;
    readonly listeners: readonly JsonObject[];
    readonly clusters: readonly JsonObject[];
    readonly telemetry?: Telemetry | undefined;
}

const mebibyte = 1_048_576;
/** The rest is Envoy's code, its stacks and what its allocator holds back. */
const heapShare = 0.8;
const maxDownstreamConnections = 10_000;

/**
 * What the entry point, the health check and somebody who looks at breakers ask for. Nothing that ends the proxy, changes its log
 * level or shows its configuration: every container of the task reaches this address.
 */
const adminPaths: Json = [
    { exact: "/ready" },
    { exact: "/healthcheck/fail" },
    { prefix: "/stats" },
    { prefix: "/clusters" },
];

/** A whole static bootstrap: everything a proxy does is in this text, so that a policy can judge it before it runs. */
export function bootstrap(spec: BootstrapSpec): JsonObject {
    return {
        node: { id: spec.member, cluster: spec.trustDomain },
        admin: {
            address: { socket_address: { address: "127.0.0.1", port_value: adminPort } },
            allow_paths: adminPaths,
        },
        static_resources: {
            listeners: spec.listeners,
            clusters: [...spec.clusters, ...(spec.telemetry === undefined ? [] : [collectorCluster()])],
        },
        ...(spec.telemetry === undefined ? {} : statistics()),
        overload_manager: overloadManager(spec.memory),
    };
}

/** Sheds load before the kernel kills the proxy. Source: Envoy, "Configuring Envoy as an edge proxy". */
function overloadManager(memory: number): JsonObject {
    const heap = "envoy.resource_monitors.fixed_heap";
    const action = (name: string, value: number): JsonObject => ({
        name: `envoy.overload_actions.${name}`,
        triggers: [{ name: heap, threshold: { value } }],
    });
    return {
        refresh_interval: "0.250s",
        resource_monitors: [
            {
                name: heap,
                typed_config: typed("envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig", {
                    max_heap_size_bytes: Math.floor(memory * heapShare) * mebibyte,
                }),
            },
            {
                name: "envoy.resource_monitors.global_downstream_max_connections",
                typed_config: typed(
                    "envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig",
                    { max_active_downstream_connections: maxDownstreamConnections },
                ),
            },
        ],
        actions: [
            action("shrink_heap", 0.9),
            action("disable_http_keepalive", 0.92),
            action("stop_accepting_requests", 0.95),
        ],
    };
}
