import { cluster, dnsCluster, protocolOptions } from "./cluster";
import { connectionManager, filters, listener } from "./listener";
import { fields, type Shape } from "./shape";
import { downstreamTls, upstreamTls } from "./tls";

/** Without `header_prefix`, under which the router would be steered by other headers than those that are removed. */
export const bootstrapShape: Shape = {
    ...fields(`
        node layered_runtime stats_sinks stats_flush_interval overload_manager watchdog watchdogs cluster_manager
        enable_dispatcher_stats stats_server_version_override memory_allocator_manager enable_worker_cpu_affinity
        dynamic_resources hds_config
    `),
    admin: fields("address allow_paths access_log ignore_global_conn_limit"),
    stats_config: fields("stats_tags use_all_default_tags histogram_bucket_settings"),
    static_resources: { listeners: listener, clusters: cluster },
};

const tls = "envoy.extensions.transport_sockets.tls.v3";

/** Shapes of messages that say their own type. Filters and sockets of other types are other rules' matter. */
export const typedShapes: Readonly<Record<string, Shape>> = {
    ...filters,
    "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager": connectionManager,
    "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": protocolOptions,
    "envoy.extensions.clusters.dns.v3.DnsCluster": dnsCluster,
    [`${tls}.UpstreamTlsContext`]: upstreamTls,
    [`${tls}.DownstreamTlsContext`]: downstreamTls,
    "envoy.extensions.stat_sinks.open_telemetry.v3.SinkConfig": fields(`
        grpc_service report_counters_as_deltas report_histograms_as_deltas emit_tags_as_attributes
        use_tag_extracted_name resource_detectors prefix max_data_points_per_request
    `),
};
