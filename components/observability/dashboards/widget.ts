import type { Metric } from "../metrics/metric";

/** A line of a graph: a metric, or metric math over the ids of others in the same graph. */
export type Series = MetricSeries | ExpressionSeries;

interface SeriesBase {
    readonly label: string;
    readonly id?: string;
    readonly axis?: "left" | "right";
}
export interface MetricSeries extends SeriesBase {
    readonly metric: Metric;
    readonly statistic: string;
    /** Only there for an expression. @default true */
    readonly visible?: boolean;
}
export interface ExpressionSeries extends SeriesBase {
    readonly expression: string;
}

export interface HorizontalLine {
    readonly label: string;
    readonly value: number;
}

export interface GraphWidget {
    readonly kind: "graph";
    readonly title: string;
    readonly series: readonly Series[];
    /** @default "timeSeries" */
    readonly view?: "timeSeries" | "singleValue" | "bar";
    readonly stacked?: boolean;
    readonly leftLabel?: string;
    readonly lines?: readonly HorizontalLine[];
    /** Seconds. @default 60 */
    readonly period?: number;
}

export interface LogWidget {
    readonly kind: "logs";
    readonly title: string;
    readonly groups: readonly string[];
    readonly query: string;
    readonly view: "table" | "bar" | "pie" | "timeSeries";
}

export interface TextWidget {
    readonly kind: "text";
    readonly markdown: string;
}

export interface AlarmWidget {
    readonly kind: "alarms";
    readonly title: string;
    /** Keys of alarms. */
    readonly alarms: readonly string[];
}

export type Widget = GraphWidget | LogWidget | TextWidget | AlarmWidget;

/** Widgets side by side, which share the width. */
export interface Row {
    /** Of the grid; a row of the grid is 60 pixels high. @default 6 */
    readonly height?: number;
    readonly widgets: readonly Widget[];
}

export interface DashboardDefinition {
    /** Name within the stack: `gateway`. */
    readonly key: string;
    readonly rows: readonly Row[];
}
