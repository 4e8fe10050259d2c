import { collectorHealthPort, collectorPort } from "../../model/ports";
import type { JsonObject } from "../json";
import { clusterTag, meshMetrics, type Entrance, type MeshMetric } from "./metrics";

export interface CollectorConfigArgs {
    readonly member: string;
    readonly region: string;
    /** Namespace in CloudWatch. */
    readonly namespace: string;
    readonly entrance: Entrance;
    /** MiB that the container may use. */
    readonly memory: number;
}

const loopback = "127.0.0.1";
/** The rest is the collector's code, and what it allocates before it looks. */
const memoryShare = 0.7;

/** What Envoy's spans hold of a request that may be about a person: the address with its query string, who asked from where. */
const personal = ["http.url", "user_agent", "peer.address"];

/**
 * Configuration of the AWS Distro for OpenTelemetry collector: traces to X-Ray; of the proxy's statistics the chosen ones, renamed,
 * as embedded metrics on standard output, which the log driver delivers. So no permission to write logs is in the task.
 */
export function collectorConfig(args: CollectorConfigArgs): JsonObject {
    const metrics = meshMetrics(args.entrance);
    return {
        extensions: { health_check: { endpoint: `${loopback}:${collectorHealthPort}` } },
        receivers: { otlp: { protocols: { grpc: { endpoint: `${loopback}:${collectorPort}` } } } },
        processors: {
            memory_limiter: { check_interval: "1s", limit_mib: Math.floor(args.memory * memoryShare) },
            metricstransform: { transforms: [...metrics.map(renamed), ...edgesByCallee(metrics)] },
            filter: {
                error_mode: "ignore",
                metrics: { metric: [`not (${metrics.map(isNamed).join(" or ")})`] },
            },
            "attributes/service": { actions: [{ key: "service", value: args.member, action: "upsert" }] },
            "attributes/private": { actions: personal.map((key) => ({ key, action: "delete" })) },
            batch: { timeout: "5s" },
        },
        exporters: {
            awsxray: { region: args.region },
            awsemf: {
                region: args.region,
                namespace: args.namespace,
                output_destination: "stdout",
                dimension_rollup_option: "NoDimensionRollup",
                metric_declarations: declarations(metrics),
                metric_descriptors: metrics.map(({ name, unit }) => ({
                    metric_name: name,
                    unit,
                    overwrite: true,
                })),
            },
        },
        service: {
            extensions: ["health_check"],
            telemetry: { metrics: { level: "none" }, logs: { level: "warn" } },
            pipelines: {
                traces: {
                    receivers: ["otlp"],
                    processors: ["memory_limiter", "attributes/private", "batch"],
                    exporters: ["awsxray"],
                },
                metrics: {
                    receivers: ["otlp"],
                    processors: [
                        "memory_limiter",
                        "metricstransform",
                        "filter",
                        "attributes/service",
                        "batch",
                    ],
                    exporters: ["awsemf"],
                },
            },
        },
    };
}

function isNamed({ name }: MeshMetric): string {
    return `name == "${name}"`;
}

/** Where only some of Envoy's tags are wanted, those become a metric of their own; the rest keeps its name, and is dropped by it. */
function renamed({ name, source, where, per }: MeshMetric): JsonObject {
    return {
        ...(typeof source === "string"
            ? { include: source, action: where === undefined ? "update" : "insert" }
            : { include: anyOf(source), match_type: "regexp", action: "combine", aggregation_type: "sum" }),
        new_name: name,
        ...(where === undefined ? {} : { match_type: "strict", experimental_match_labels: where }),
        operations: [
            {
                action: "aggregate_labels",
                label_set: per === "edge" ? [clusterTag] : [],
                aggregation_type: name === "certificateDaysLeft" ? "min" : "sum",
            },
        ],
    };
}

function anyOf(names: readonly string[]): string {
    return `^(?:${names.map((name) => name.replaceAll(".", "\\.")).join("|")})$`;
}

function edgesByCallee(metrics: readonly MeshMetric[]): readonly JsonObject[] {
    return metrics
        .filter(({ per }) => per === "edge")
        .map(({ name }) => ({
            include: name,
            action: "update",
            operations: [{ action: "update_label", label: clusterTag, new_label: "callee" }],
        }));
}

/** Which dimensions each metric has: no other combination is made. */
function declarations(metrics: readonly MeshMetric[]): readonly JsonObject[] {
    const names = (per: MeshMetric["per"]): readonly string[] =>
        metrics.filter((metric) => metric.per === per).map(({ name }) => `^${name}$`);
    return [
        { dimensions: [["service"]], metric_name_selectors: names("service") },
        { dimensions: [["service", "callee"]], metric_name_selectors: names("edge") },
    ];
}
