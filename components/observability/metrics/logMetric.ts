import type { EmittedMetrics, EmittedNamespace } from "./emitted";

/** A metric filter of CloudWatch Logs: which lines it counts or measures, and under which name. */
export interface LogMetric {
    /** Name within the stack: `orders-v1-refused-requests`. */
    readonly key: string;
    readonly logGroup: string;
    readonly pattern: string;
    readonly namespace: string;
    readonly name: string;
    /** A number, or the field of the line that holds it, which the pattern must name too. */
    readonly value: string;
    readonly unit: "Count" | "Milliseconds";
    /** Dimension to the field of the line that holds its value. */
    readonly dimensions: Readonly<Record<string, string>>;
}

/** What a set of metric filters writes. */
export function emittedByFilters(filters: readonly LogMetric[]): EmittedMetrics {
    const emitted: Record<string, EmittedNamespace> = {};
    for (const { dimensions, name, namespace } of filters) {
        emitted[namespace] = {
            source: "metric filters of this stack",
            metrics: { ...emitted[namespace]?.metrics, [name]: [Object.keys(dimensions)] },
        };
    }
    return emitted;
}
