import type { DimensionSet, EmittedMetrics } from "./emitted";

/** A collector's whole configuration, as far as it is read here. */
export interface CollectorConfiguration {
    readonly exporters: { readonly awsemf: EmfExporter };
}

/** The part of an OpenTelemetry collector's configuration that decides what CloudWatch gets. */
export interface EmfExporter {
    readonly namespace: string;
    readonly metric_declarations: readonly {
        readonly dimensions: readonly DimensionSet[];
        /** Each for one name: `^requests$`. */
        readonly metric_name_selectors: readonly string[];
    }[];
}

/** What a collector writes: what is not declared becomes no metric. Source: AWS EMF exporter of the OpenTelemetry collector. */
export function emittedByCollector({
    metric_declarations: declarations,
    namespace,
}: EmfExporter): EmittedMetrics {
    const metrics: Record<string, readonly DimensionSet[]> = {};
    for (const { dimensions, metric_name_selectors: selectors } of declarations) {
        for (const selector of selectors) {
            const name = selector.replace(/^\^/, "").replace(/\$$/, "");
            metrics[name] = [...(metrics[name] ?? []), ...dimensions];
        }
    }
    return { [namespace]: { source: "configuration of the members' collectors", metrics } };
}
