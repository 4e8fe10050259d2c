import type { Finding } from "../../finding";
import type { Unheld } from "../dataPlane";

const at =
    (place: RegExp) =>
    (finding: Finding): boolean =>
        place.test(finding.at);

/** What App Mesh has no field for. None of these places can be weakened, because none can be set; docs/data-planes.md has them in words. */
export const unheld: readonly Unheld[] = [
    { what: "TLS 1.3 only", isAbout: at(/\.tls_(minimum|maximum)_protocol_version$/) },
    { what: "removal of headers that steer the proxy", isAbout: at(/\.early_header_mutation_extensions$/) },
    {
        what: "identity headers of declared callers only",
        isAbout: (finding) =>
            at(/\.(forward_client_cert_details|set_current_client_cert_details(\.uri)?)$/)(finding) ||
            finding.found === "identity headers that anybody may send",
    },
    {
        what: "a circuit breaker that opens by the share of failures",
        isAbout: at(/\.outlier_detection\.(enforcing_)?failure_percentage\w*$/),
    },
    {
        what: "ejections of the same length, which no passing health check ends",
        isAbout: at(/\.outlier_detection\.(max_ejection_time|successful_active_health_check_uneject_host)$/),
    },
    { what: "no requests to instances that are out", isAbout: at(/\.common_lb_config\.\w+$/) },
    {
        what: "paths and header names that can be read in one way only",
        isAbout: at(
            /\.(normalize_path|merge_slashes|path_with_escaped_slashes_action|headers_with_underscores_action)$/,
        ),
    },
    { what: "health checks where there is no traffic", isAbout: at(/\.no_traffic_interval$/) },
    { what: "a budget for repeats", isAbout: at(/\.circuit_breakers\.thresholds$/) },
    { what: "traces", isAbout: at(/\.tracing(\.|$)/) },
    { what: "statistics for a collector", isAbout: at(/stats_sinks$/) },
    {
        what: "a limit for each user at the ingress",
        isAbout: ({ at: place, required }) =>
            place.endsWith(".http_filters") && required.startsWith("an enabled local_ratelimit filter"),
    },
];
