import { gather, type Finding } from "../finding";
import type { Bootstrap } from "../facts/envoy/bootstrap";
import { secondsOf, typeOf } from "../facts/envoy/message";
import type { Value } from "../facts/value";

const openTelemetry = "envoy.config.trace.v3.OpenTelemetryConfig";
const openTelemetrySink = "envoy.extensions.stat_sinks.open_telemetry.v3.SinkConfig";

/** Source: Envoy, `Bootstrap.stats_flush_interval`. */
const defaultFlushSeconds = 5;
/** CloudWatch keeps minutes. */
const longestFlushSeconds = 60;

/** A share of 0 of any of these makes no trace at all; Envoy's default is all. Source: Envoy, `HttpConnectionManager.Tracing`. */
const shares = ["random_sampling", "overall_sampling"];

/** Requests of a listener are traced, by way of the collector in the same task. */
export function tracesRequests(manager: Value, bootstrap: Bootstrap): readonly Finding[] {
    const tracing = manager.get("tracing");
    const config = tracing.get("provider", "typed_config");
    return gather(
        () => config.require(typeOf(config) === openTelemetry, `spans for a collector (${openTelemetry})`),
        () => tellsOwnCollector(config.get("grpc_service"), bootstrap),
        () =>
            shares.flatMap((name) => {
                const share = tracing.get(name, "value");
                const traces = share.isMissing || (share.number ?? 0) > 0;
                return share.require(traces, "more than 0 percent");
            }),
    );
}

/** What a proxy counts goes to the collector in the same task, which sends the mesh's metrics. */
export function sendsStatistics(bootstrap: Bootstrap): readonly Finding[] {
    const sinks = bootstrap.message.get("stats_sinks");
    const [sink, ...others] = sinks
        .items()
        .map((each) => each.get("typed_config"))
        .filter((config) => typeOf(config) === openTelemetrySink);
    const often = bootstrap.message.get("stats_flush_interval");
    return sink === undefined || others.length > 0
        ? [sinks.finding(`one sink for a collector (${openTelemetrySink})`)]
        : [
              ...tellsOwnCollector(sink.get("grpc_service"), bootstrap),
              ...often.require(
                  secondsOf(often, defaultFlushSeconds) <= longestFlushSeconds,
                  `at most ${longestFlushSeconds} s`,
              ),
          ];
}

/** Spans and statistics say who calls whom: in plain text they stay on the task's loopback. */
function tellsOwnCollector(service: Value, { clusters }: Bootstrap): readonly Finding[] {
    const name = service.get("envoy_grpc", "cluster_name");
    const named = clusters.filter(({ message }) => message.get("name").text === name.text);
    const isOwn = name.text !== undefined && named.length === 1 && named.every(({ isLocal }) => isLocal);
    return name.require(isOwn, "a cluster on the task's loopback");
}
