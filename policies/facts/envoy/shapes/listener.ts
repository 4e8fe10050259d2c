import { anyKey, fields, type Shape } from "./shape";

const headerChanges = fields(`
    request_headers_to_add request_headers_to_remove response_headers_to_add response_headers_to_remove
`);

const action: Shape = fields(`
    cluster weighted_clusters cluster_header cluster_specifier_plugin inline_cluster_specifier_plugin
    prefix_rewrite regex_rewrite host_rewrite_literal auto_host_rewrite append_x_forwarded_host
    timeout idle_timeout flush_timeout retry_policy request_mirror_policies
`);

const route: Shape = {
    ...headerChanges,
    ...fields(`
        name match redirect direct_response decorator typed_per_filter_config stat_prefix
        per_request_buffer_limit_bytes request_body_buffer_limit
    `),
    route: action,
};

const virtualHost: Shape = {
    ...headerChanges,
    ...fields(`
        name domains require_tls typed_per_filter_config retry_policy retry_policy_typed_config request_mirror_policies
        include_request_attempt_count include_attempt_count_in_response
        per_request_buffer_limit_bytes request_body_buffer_limit
    `),
    routes: route,
};

const routeTable: Shape = {
    ...headerChanges,
    ...fields(`
        name validate_clusters typed_per_filter_config request_mirror_policies max_direct_response_body_size_bytes
        ignore_port_in_host_matching internal_only_headers
    `),
    virtual_hosts: virtualHost,
};

export const commonHttpOptions: Shape = fields(`
    idle_timeout max_connection_duration max_connection_duration_jitter max_headers_count max_response_headers_kb
    headers_with_underscores_action max_requests_per_connection max_stream_duration
`);

/** Without `forward_client_cert_matcher`, which may believe some callers' own words about their certificates. */
export const connectionManager: Shape = {
    ...fields(`
        codec_type stat_prefix http_filters http2_protocol_options server_name server_header_transformation
        max_request_headers_kb stream_idle_timeout stream_flush_timeout request_timeout request_headers_timeout
        drain_timeout drain_timeout_jitter delayed_close_timeout
        access_log access_log_options access_log_flush_interval flush_access_log_on_new_request tracing
        use_remote_address skip_xff_append via generate_request_id preserve_external_request_id
        always_set_request_id_in_response request_id_extension
        forward_client_cert_details set_current_client_cert_details early_header_mutation_extensions upgrade_configs
        normalize_path merge_slashes path_with_escaped_slashes_action
        strip_any_host_port strip_matching_host_port strip_trailing_host_dot
        local_reply_config append_x_forwarded_port append_local_overload
    `),
    common_http_protocol_options: commonHttpOptions,
    route_config: routeTable,
};

const policy: Shape = fields("permissions principals");
const rules: Shape = { ...fields("action"), policies: { [anyKey]: policy } };

/** Filters of HTTP. Those that limit rates have lists of their own. */
export const filters: Readonly<Record<string, Shape>> = {
    "envoy.extensions.filters.http.rbac.v3.RBAC": {
        ...fields("rules_stat_prefix shadow_rules shadow_rules_stat_prefix matcher track_per_rule_stats"),
        rules,
    },
    "envoy.extensions.filters.http.health_check.v3.HealthCheck": fields(
        "pass_through_mode headers cache_time",
    ),
    "envoy.extensions.filters.http.buffer.v3.Buffer": fields("max_request_bytes"),
    "envoy.extensions.filters.http.router.v3.Router": fields(`
        dynamic_stats start_child_span upstream_log upstream_log_options suppress_envoy_headers strict_check_headers
        suppress_grpc_request_failure_code_stats
    `),
};

const chain: Shape = fields(
    "name filter_chain_match filters transport_socket transport_socket_connect_timeout",
);

export const listener: Shape = {
    ...fields(`
        name address additional_addresses stat_prefix traffic_direction drain_type api_listener
        listener_filters listener_filters_timeout per_connection_buffer_limit_bytes
        connection_balance_config enable_reuse_port reuse_port tcp_backlog_size tcp_keepalive
        max_connections_to_accept_per_socket_event access_log
    `),
    filter_chains: chain,
    default_filter_chain: chain,
};
