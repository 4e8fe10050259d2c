/** A number of the mesh that goes to CloudWatch: every one of them costs money for each of its dimensions' values. */
export interface MeshMetric {
    /** Name in CloudWatch. */
    readonly name: string;
    /** What Envoy's OpenTelemetry sink calls it; several are added up. */
    readonly source: string | readonly string[];
    /** Only where Envoy gave these tags these values. */
    readonly where?: Readonly<Record<string, string>>;
    /** `service`: one number for each member. `service, callee`: one for each edge of the call graph. */
    readonly per: "service" | "edge";
    readonly unit: "Count" | "Milliseconds" | "None";
    readonly meaning: string;
}

/** The number that scaling follows. */
export const requestsMetric = "requests";

const managerTag = "envoy.http_conn_manager_prefix";
const classTag = "envoy.response_code_class";
/** Tag from which the dimension `callee` is made. */
export const clusterTag = "envoy.cluster_name";

/** A failed handshake is counted under exactly one of these. Source: Envoy, "TLS statistics". */
const tlsErrors = ["connection_error", "fail_verify_no_cert", "fail_verify_error", "fail_verify_san"];

/** Entrances from the network: the sidecar's, and the ingress's. */
export type Entrance = "inbound" | "ingress";

/** What is sent of a member's thousands of statistics; docs/telemetry.md says what each one tells. */
export function meshMetrics(entrance: Entrance): readonly MeshMetric[] {
    const inbound = { [managerTag]: entrance };
    return [
        {
            name: requestsMetric,
            source: "http.downstream_rq_completed",
            where: inbound,
            per: "service",
            unit: "Count",
            meaning: "Requests that were answered, health checks apart",
        },
        {
            name: "errors",
            source: "http.downstream_rq_xx",
            where: { ...inbound, [classTag]: "5" },
            per: "service",
            unit: "Count",
            meaning: "Answers 500 to 599",
        },
        {
            name: "latency",
            source: "http.downstream_rq_time",
            where: inbound,
            per: "service",
            unit: "Milliseconds",
            meaning: "From a request's first byte to its answer's last, health checks included",
        },
        {
            name: "ejections",
            source: "cluster.outlier_detection.ejections_enforced_total",
            per: "edge",
            unit: "Count",
            meaning: "Instances that a circuit breaker took out",
        },
        {
            name: "retries",
            source: "cluster.upstream_rq_retry",
            per: "edge",
            unit: "Count",
            meaning: "Requests that were sent again",
        },
        {
            name: "tlsFailures",
            source: tlsErrors.map((name) => `listener.ssl.${name}`),
            per: "service",
            unit: "Count",
            meaning: "Handshakes of callers that failed",
        },
        {
            name: "callTlsFailures",
            source: tlsErrors.map((name) => `cluster.ssl.${name}`),
            per: "edge",
            unit: "Count",
            meaning: "Handshakes with callees that failed",
        },
        {
            name: "certificateDaysLeft",
            source: "server.days_until_first_cert_expiring",
            per: "service",
            unit: "None",
            meaning: "Days until the first certificate that the proxy was started with expires",
        },
        ...(entrance === "ingress" ? [limiterFailures] : []),
    ];
}

/** The ingress alone asks a limiter. */
const limiterFailures: MeshMetric = {
    name: "limiterFailures",
    source: "cluster.ratelimit.error",
    per: "service",
    unit: "Count",
    meaning: "Requests for which the shared limiter gave no answer",
};
