import { collectorPort } from "../../model/ports";
import { upstreamProtocol } from "./httpProtocol";
import type { JsonObject } from "../json";
import { seconds, typed } from "./message";
import { timing } from "../timing";

/** What a proxy tells the collector beside it. */
export interface Telemetry {
    /** Percent of the requests that begin here of which a trace is made; what a caller traces is traced on. */
    readonly tracedPercent: number;
}

const collector = "telemetry";
const flushSeconds = 60;
/** A minute's statistics of a proxy with all callees are some 300 KB. */
const bufferBytes = 1_048_576;
const toCollector: JsonObject = { envoy_grpc: { cluster_name: collector }, timeout: "1s" };

/** The collector, over the task's loopback. Where it is not there, what it would be told is dropped, and requests go on. */
export function collectorCluster(): JsonObject {
    const socket = { socket_address: { address: "127.0.0.1", port_value: collectorPort } };
    return {
        name: collector,
        type: "STATIC",
        connect_timeout: seconds(timing.connectSeconds),
        per_connection_buffer_limit_bytes: bufferBytes,
        load_assignment: {
            cluster_name: collector,
            endpoints: [{ lb_endpoints: [{ endpoint: { address: socket } }] }],
        },
        typed_extension_protocol_options: upstreamProtocol("grpc", timing.meshIdleSeconds),
    };
}

/** A connection manager's part: nothing, or spans in W3C trace context, which X-Ray takes as they are. */
export interface Tracing {
    readonly tracing?: JsonObject;
}

export function tracing(member: string, telemetry: Telemetry | undefined): Tracing {
    return telemetry === undefined
        ? {}
        : { tracing: { tracing: spans(member, telemetry), request_id_extension: untouchedRequestId } };
}

/** Envoy would mark a traced request in its id, which then is no longer the one that API Gateway logs. */
const untouchedRequestId: JsonObject = {
    typed_config: typed("envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig", {
        pack_trace_reason: false,
        use_request_id_for_trace_sampling: false,
    }),
};

function spans(member: string, { tracedPercent }: Telemetry): JsonObject {
    return {
        provider: {
            name: "envoy.tracers.opentelemetry",
            typed_config: typed("envoy.config.trace.v3.OpenTelemetryConfig", {
                grpc_service: toCollector,
                service_name: member,
            }),
        },
        random_sampling: { value: tracedPercent },
        spawn_upstream_span: false,
        // The path without the query string, which the address in `http.url` has: the collector drops that one.
        custom_tags: [{ tag: "http.target", value: "%PATH(NQ):128%" }],
    };
}

/**
 * Once a minute: what has happened since the last time, so that the average over a service's tasks is what one task carries.
 * Collector and CloudWatch add up; numbers since the start would have to be subtracted first.
 */
export function statistics(): JsonObject {
    return {
        stats_flush_interval: seconds(flushSeconds),
        stats_sinks: [
            {
                name: "envoy.stat_sinks.open_telemetry",
                typed_config: typed("envoy.extensions.stat_sinks.open_telemetry.v3.SinkConfig", {
                    grpc_service: toCollector,
                    report_counters_as_deltas: true,
                    report_histograms_as_deltas: true,
                    emit_tags_as_attributes: true,
                    use_tag_extracted_name: true,
                }),
            },
        ],
    };
}
