import { onePartOrMore } from "../../partsOf";
import { inParts, mostLogGroups } from "../../gateway/queryParts";
import { limits } from "./limits";
import type { DashboardDefinition, GraphWidget, LogWidget, Row } from "./widget";

/** Tables of logs side by side; where their groups are more than one query may have, further rows go on with the rest. */
export function logRows(widgets: readonly LogWidget[], height?: number): readonly Row[] {
    const parts = widgets.map((widget) => inParts(widget, titled));
    const rows = Math.max(...parts.map(({ length }) => length));
    return Array.from({ length: rows }, (_, index) => ({
        ...(height === undefined ? {} : { height }),
        widgets: parts.flatMap((part) => part[index] ?? []),
    }));
}

/** A graph with more lines than one may have is several. */
export function graphsOf(graph: GraphWidget): readonly GraphWidget[] {
    return onePartOrMore(graph.series, limits.metricsOfWidget).map((series, index) => ({
        ...(index === 0 ? graph : titled(graph, index + 1)),
        series,
    }));
}

/** One dashboard of all items, or, where they do not fit, several, halved as often as it takes; the first keeps the plain key. */
export function inDashboards<T>(
    key: string,
    items: readonly T[],
    shown: (items: readonly T[], key: string) => DashboardDefinition,
): readonly DashboardDefinition[] {
    const parts = fitting(items, (part) => fits(shown(part, key)));
    return parts.map((part, index) => shown(part, index === 0 ? key : `${key}-${index + 1}`));
}

function fitting<T>(
    items: readonly T[],
    isFitting: (items: readonly T[]) => boolean,
): readonly (readonly T[])[] {
    if (items.length < 2 || isFitting(items)) {
        return [items];
    }
    const half = Math.ceil(items.length / 2);
    return [items.slice(0, half), items.slice(half)].flatMap((part) => fitting(part, isFitting));
}

function fits({ rows }: DashboardDefinition): boolean {
    const widgets = rows.flatMap((row) => row.widgets);
    const series = widgets.map((widget) => (widget.kind === "graph" ? widget.series.length : 0));
    return (
        widgets.length <= limits.widgets &&
        series.every((count) => count <= limits.metricsOfWidget) &&
        series.reduce((sum, count) => sum + count, 0) <= limits.metricsOfDashboard &&
        widgets.every((widget) => widget.kind !== "logs" || widget.groups.length <= mostLogGroups) &&
        widgets.every((widget) => widget.kind !== "alarms" || widget.alarms.length <= limits.alarmsOfWidget)
    );
}

function titled<T extends { readonly title: string }>(widget: T, part: number): T {
    return { ...widget, title: `${widget.title} (${part})` };
}
