import type { GraphWidget, LogWidget, Row, Series, Widget, DashboardDefinition } from "./widget";

/** Width of CloudWatch's grid. */
export const gridColumns = 24;
const defaultRowHeight = 6;

export type Properties = Readonly<Record<string, unknown>>;

export interface PlacedWidget {
    readonly type: "metric" | "log" | "text" | "alarm";
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly properties: Properties;
}

export interface DashboardBody {
    readonly start: string;
    readonly periodOverride: "auto" | "inherit";
    readonly widgets: readonly PlacedWidget[];
}

export interface BodyContext {
    readonly region: string;
    /** ARN of an alarm by its key. */
    readonly alarmArn: (key: string) => string;
}

/** The dashboard as CloudWatch takes it. Source: CloudWatch API reference, "Dashboard Body Structure and Syntax". */
export function dashboardBody({ rows }: DashboardDefinition, context: BodyContext): DashboardBody {
    const widgets: PlacedWidget[] = [];
    let y = 0;
    for (const row of rows) {
        widgets.push(...placed(row, y, context));
        y += row.height ?? defaultRowHeight;
    }
    return { start: "-PT3H", periodOverride: "inherit", widgets };
}

function placed(
    { height = defaultRowHeight, widgets }: Row,
    y: number,
    context: BodyContext,
): PlacedWidget[] {
    const width = Math.floor(gridColumns / widgets.length);
    return widgets.map((widget, index) => ({
        x: index * width,
        y,
        width: index === widgets.length - 1 ? gridColumns - index * width : width,
        height,
        ...typed(widget, context),
    }));
}

function typed(widget: Widget, { region, alarmArn }: BodyContext): Pick<PlacedWidget, "type" | "properties"> {
    switch (widget.kind) {
        case "graph":
            return { type: "metric", properties: graph(widget, region) };
        case "logs":
            return { type: "log", properties: logs(widget, region) };
        case "text":
            return { type: "text", properties: { markdown: widget.markdown } };
        case "alarms":
            return {
                type: "alarm",
                properties: { title: widget.title, alarms: widget.alarms.map(alarmArn) },
            };
    }
}

function graph(widget: GraphWidget, region: string): Properties {
    const { leftLabel, lines, period = 60, series, stacked = false, title, view = "timeSeries" } = widget;
    return {
        title,
        region,
        view,
        stacked,
        period,
        metrics: series.map(entry),
        yAxis: {
            left: { min: 0, ...(leftLabel === undefined ? {} : { label: leftLabel, showUnits: false }) },
        },
        ...(lines === undefined ? {} : { annotations: { horizontal: lines } }),
    };
}

function entry(series: Series): readonly unknown[] {
    const { axis, id, label } = series;
    const shown = {
        label,
        ...(id === undefined ? {} : { id }),
        ...(axis === undefined ? {} : { yAxis: axis }),
    };
    if ("expression" in series) {
        return [{ expression: series.expression, ...shown }];
    }
    const { metric, statistic, visible = true } = series;
    return [
        metric.namespace,
        metric.name,
        ...Object.entries(metric.dimensions).flat(),
        { stat: statistic, ...shown, ...(visible ? {} : { visible }) },
    ];
}

function logs({ groups, query, title, view }: LogWidget, region: string): Properties {
    const sources = groups.map((group) => `SOURCE '${group}'`).join(" | ");
    return { title, region, view, query: `${sources} | ${query}` };
}

/** Names in the metrics that are drawn: namespaces, metrics, and the dimensions by which AWS knows an API or a service. */
export function namesShown({ widgets }: DashboardBody): readonly string[] {
    const metrics = widgets.flatMap(
        ({ properties }) => (properties.metrics ?? []) as readonly (readonly unknown[])[],
    );
    const names = metrics.flat().filter((name): name is string => typeof name === "string");
    return [...new Set(names)].sort();
}
