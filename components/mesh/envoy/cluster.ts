import { meshPort } from "../../model/ports";
import type { Protocol } from "../../model/mesh";
import type { ConnectionLimits } from "../../model/resilience";
import { upstreamProtocol } from "./httpProtocol";
import type { JsonObject } from "../json";
import { seconds, typed } from "./message";
import type { LocalApplication, Upstream } from "./spec";
import { meshClientTls } from "./tls";
import { timing } from "../timing";

const bufferBytes = 32_768;
export const applicationCluster = "application";
/**
 * Repeats that a budget of 20 % may not forbid. A killed sidecar loses what it had in flight: with 1, four reads at once lost
 * some of them, with 4 none. At 20 requests at once 20 % is 4 as well, so that a failing service gets no more than before.
 */
const minRetryConcurrency = 4;

/** The application beside the proxy, over loopback: the only hop in plain text, and it never leaves the task. */
export function localCluster(application: LocalApplication): JsonObject {
    return {
        name: applicationCluster,
        type: "STATIC",
        connect_timeout: seconds(timing.connectSeconds),
        per_connection_buffer_limit_bytes: bufferBytes,
        load_assignment: endpoint(applicationCluster, "127.0.0.1", application.port),
        circuit_breakers: { thresholds: [limits(application.limits)] },
        typed_extension_protocol_options: upstreamProtocol(
            application.protocol,
            timing.applicationIdleSeconds,
        ),
    };
}

/** Every address of the answer is an instance of its own (what the older `STRICT_DNS` cluster type did). */
const strictDns = typed("envoy.extensions.clusters.dns.v3.DnsCluster", {
    dns_lookup_family: "V4_ONLY",
    respect_dns_ttl: true,
    dns_refresh_rate: seconds(timing.dnsSeconds),
    all_addresses_in_single_endpoint: false,
});

/** A cluster for each version of a callee that a route leads to. */
export function upstreamClusters(trustDomain: string, upstream: Upstream): readonly JsonObject[] {
    const { versions, headerRoutes, mirrors } = upstream;
    const used = new Set(
        [...versions.filter(({ weight }) => weight > 0), ...headerRoutes, ...mirrors].map(
            ({ deployment }) => deployment,
        ),
    );
    return versions
        .filter(({ deployment }) => used.has(deployment))
        .map(({ deployment }) => upstreamCluster(trustDomain, upstream, deployment));
}

/**
 * A version, found through Cloud Map's DNS answers and kept or taken out by what is seen of each instance. Its identity is its
 * service's: whoever lets the service in lets all its versions in.
 */
function upstreamCluster(trustDomain: string, upstream: Upstream, deployment: string): JsonObject {
    const host = `${deployment}.${trustDomain}`;
    return {
        name: deployment,
        cluster_type: { name: "envoy.clusters.dns", typed_config: strictDns },
        connect_timeout: seconds(timing.connectSeconds),
        per_connection_buffer_limit_bytes: bufferBytes,
        lb_policy: upstream.loadBalancing,
        common_lb_config: { healthy_panic_threshold: { value: 0 }, update_merge_window: "0s" },
        load_assignment: endpoint(deployment, host, meshPort),
        outlier_detection: outlierDetection(upstream),
        health_checks: [healthCheck(upstream)],
        circuit_breakers: {
            thresholds: [
                {
                    ...limits(upstream.limits),
                    retry_budget: {
                        budget_percent: { value: 20 },
                        min_retry_concurrency: minRetryConcurrency,
                    },
                },
            ],
        },
        transport_socket: meshClientTls(
            trustDomain,
            { host, service: upstream.name },
            alpn(upstream.protocol),
        ),
        typed_extension_protocol_options: upstreamProtocol(upstream.protocol, timing.meshIdleSeconds),
    };
}

/**
 * Five failures in a row take an instance out for 60 s; docs/decisions/0003-circuit-breaker.md gives the reason for each value.
 * The sweep that ends an ejection is short and both ejection times are equal, or an instance would stay out up to twice as long.
 */
function outlierDetection({ circuitBreaker }: Upstream): JsonObject {
    const ejection = seconds(circuitBreaker.ejectionSeconds);
    return {
        consecutive_5xx: circuitBreaker.consecutiveFailures,
        enforcing_consecutive_5xx: 100,
        consecutive_gateway_failure: circuitBreaker.consecutiveFailures,
        enforcing_consecutive_gateway_failure: 100,
        interval: seconds(timing.ejectionSweepSeconds),
        base_ejection_time: ejection,
        max_ejection_time: ejection,
        max_ejection_time_jitter: "0s",
        max_ejection_percent: 100,
        successful_active_health_check_uneject_host: false,
        enforcing_success_rate: 0,
        failure_percentage_threshold: 50,
        failure_percentage_minimum_hosts: 1,
        failure_percentage_request_volume: 20,
        enforcing_failure_percentage: 100,
    };
}

/** Through the mTLS port: part of discovery, because a DNS answer holds at most 8 of a service's addresses. */
function healthCheck({ name, protocol, healthPath }: Upstream): JsonObject {
    const interval = seconds(timing.healthIntervalSeconds);
    return {
        timeout: seconds(timing.healthTimeoutSeconds),
        interval,
        no_traffic_interval: interval,
        unhealthy_threshold: 2,
        healthy_threshold: 1,
        ...(protocol === "grpc"
            ? { grpc_health_check: { authority: name } }
            : {
                  http_health_check: {
                      host: name,
                      path: healthPath,
                      codec_client_type: protocol === "http" ? "HTTP1" : "HTTP2",
                  },
              }),
    };
}

function alpn(protocol: Protocol): "h2" | "http/1.1" {
    return protocol === "http" ? "http/1.1" : "h2";
}

function limits({ maxConnections, maxPendingRequests, maxRequests }: Required<ConnectionLimits>): JsonObject {
    return {
        max_connections: maxConnections,
        max_pending_requests: maxPendingRequests,
        max_requests: maxRequests,
        track_remaining: true,
    };
}

function endpoint(cluster: string, address: string, port: number): JsonObject {
    const socket = { socket_address: { address, port_value: port } };
    return {
        cluster_name: cluster,
        endpoints: [{ lb_endpoints: [{ endpoint: { address: socket } }] }],
    };
}
