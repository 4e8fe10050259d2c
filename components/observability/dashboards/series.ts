import type { Metric } from "../metrics/metric";
import type { DashboardDefinition, MetricSeries, Row, Series } from "./widget";

export function line(label: string, metric: Metric, statistic: string): MetricSeries {
    return { label, metric, statistic };
}

/** One line for several metrics: only their sum, or their highest, is drawn. `id` is the beginning of their ids. */
export function combined(
    operation: "SUM" | "MAX",
    label: string,
    id: string,
    metrics: readonly Metric[],
    statistic: string,
): readonly Series[] {
    const [first] = metrics;
    if (first !== undefined && metrics.length === 1) {
        return [{ label, metric: first, statistic }];
    }
    const parts = metrics.map((metric, index): MetricSeries => {
        return { label: `${label} ${index + 1}`, id: `${id}_${index}`, metric, statistic, visible: false };
    });
    return [
        ...parts,
        { label, expression: `${operation}([${parts.map(({ id: each }) => each).join(", ")}])` },
    ];
}

/** A name as the beginning of ids: letters, digits and underscores. */
export function idOf(name: string): string {
    return name.toLowerCase().replaceAll(/\W/g, "_");
}

export function heading(markdown: string): Row {
    return { height: 1, widgets: [{ kind: "text", markdown: `## ${markdown}` }] };
}

/** Every metric that a dashboard names. */
export function metricsOf({ rows }: DashboardDefinition): readonly Metric[] {
    return rows
        .flatMap(({ widgets }) => widgets)
        .flatMap((widget) => (widget.kind === "graph" ? widget.series : []))
        .flatMap((series) => ("metric" in series ? [series.metric] : []));
}
