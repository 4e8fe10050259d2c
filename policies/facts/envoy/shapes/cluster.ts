import { commonHttpOptions } from "./listener";
import { anyKey, fields, whole, type Shape } from "./shape";

/** Without `outlier_detection`, which decides what counts as a failure, and policies that routes do not show: repeats, copies, filters. */
export const protocolOptions: Shape = {
    ...fields(
        "upstream_http_protocol_options explicit_http_config use_downstream_protocol_config auto_config",
    ),
    common_http_protocol_options: commonHttpOptions,
};

const healthCheck: Shape = {
    ...fields(`
        timeout interval no_traffic_interval unhealthy_threshold healthy_threshold reuse_connection
        tcp_health_check custom_health_check transport_socket_match_criteria
        event_logger always_log_health_check_failures always_log_health_check_success
    `),
    http_health_check: fields("host path codec_client_type service_name_matcher"),
    grpc_health_check: fields("service_name authority"),
};

const endpoint: Shape = {
    ...fields("load_balancing_weight"),
    endpoint: fields("address hostname additional_addresses"),
};

export const cluster: Shape = {
    ...fields(`
        name alt_stat_name type connect_timeout per_connection_buffer_limit_bytes lb_policy
        max_requests_per_connection circuit_breakers wait_for_warm_on_init cleanup_interval
        least_request_lb_config round_robin_lb_config transport_socket upstream_connection_options
        close_connections_on_host_health_failure ignore_health_on_host_removal
        track_timeout_budgets track_cluster_stats preconnect_policy connection_pool_per_downstream_connection
        transport_socket_matches transport_socket_matcher load_balancing_policy lb_subset_config original_dst_lb_config
        dns_refresh_rate dns_failure_refresh_rate dns_lookup_family respect_dns_ttl
    `),
    cluster_type: whole,
    load_assignment: {
        ...fields("cluster_name named_endpoints"),
        endpoints: {
            ...fields(
                "locality priority load_balancing_weight leds_cluster_locality_config load_balancer_endpoints",
            ),
            lb_endpoints: endpoint,
        },
    },
    health_checks: healthCheck,
    outlier_detection: fields(`
        consecutive_5xx interval base_ejection_time max_ejection_percent enforcing_consecutive_5xx
        enforcing_success_rate success_rate_minimum_hosts success_rate_request_volume success_rate_stdev_factor
        consecutive_gateway_failure enforcing_consecutive_gateway_failure split_external_local_origin_errors
        consecutive_local_origin_failure enforcing_consecutive_local_origin_failure
        enforcing_local_origin_success_rate failure_percentage_threshold enforcing_failure_percentage
        enforcing_failure_percentage_local_origin failure_percentage_minimum_hosts failure_percentage_request_volume
        max_ejection_time max_ejection_time_jitter successful_active_health_check_uneject_host always_eject_one_host
    `),
    common_lb_config: fields(`
        healthy_panic_threshold update_merge_window ignore_new_hosts_until_first_hc
        close_connections_on_host_set_change override_host_status
    `),
    typed_extension_protocol_options: { [anyKey]: whole },
};

/** Without resolvers of its own: names are asked for where the task's own are. */
export const dnsCluster: Shape = fields(`
    dns_refresh_rate dns_failure_refresh_rate dns_jitter dns_min_refresh_rate respect_dns_ttl dns_lookup_family
    all_addresses_in_single_endpoint
`);
