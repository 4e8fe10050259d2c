import type { Issue } from "../../model/issues";
import { describeMetric, type Metric } from "./metric";

/** Metrics that something really writes: namespace, to the metrics' names, to the sets of dimensions each is written with. */
export type EmittedMetrics = Readonly<Record<string, EmittedNamespace>>;

export interface EmittedNamespace {
    /** Who says so: a page of AWS's documentation, or the part of this stack that writes them. */
    readonly source: string;
    readonly metrics: Readonly<Record<string, readonly DimensionSet[]>>;
}

/** Names of dimensions; the order does not matter. */
export type DimensionSet = readonly string[];

export function isEmitted({ namespace, name, dimensions }: Metric, emitted: EmittedMetrics): boolean {
    const sets = emitted[namespace]?.metrics[name] ?? [];
    const wanted = Object.keys(dimensions).sort().join();
    return sets.some((set) => [...set].sort().join() === wanted);
}

/** CloudWatch shows nothing, and no error, for a metric that nobody writes: an alarm on it would never ring. */
export function checkEmitted(
    path: string,
    metrics: readonly Metric[],
    emitted: EmittedMetrics,
): readonly Issue[] {
    return metrics
        .filter((metric) => !isEmitted(metric, emitted))
        .map((metric) => ({ path, got: describeMetric(metric), want: wantedOf(metric, emitted) }));
}

function wantedOf({ namespace, name }: Metric, emitted: EmittedMetrics): string {
    const known = emitted[namespace];
    if (known === undefined) {
        return `a namespace that is written to: ${Object.keys(emitted).join(", ")}`;
    }
    const sets = known.metrics[name];
    return sets === undefined
        ? `a metric of ${namespace}: ${Object.keys(known.metrics).join(", ")}`
        : `a set of dimensions that ${name} is written with: ${sets.map((set) => `{${set.join(", ")}}`).join(" or ")}`;
}

/** One table of several; a namespace belongs to one of them. */
export function emittedBy(...tables: readonly EmittedMetrics[]): EmittedMetrics {
    return Object.assign({}, ...tables) as EmittedMetrics;
}
