import { accessQueries } from "../../gateway/savedQueries";
import { burns } from "../alarms/burnRate";
import type { Indicator } from "../alarms/indicators";
import { stageMetric } from "../metrics/gateway";
import { refusedMetric } from "../metrics/refusals";
import type { Observed, ObservedApi } from "../observed";
import { combined, idOf } from "./series";
import type { GraphWidget, LogWidget, Series } from "./widget";

type StageMetric = Parameters<typeof stageMetric>[0];

/** A line for each API, over all its versions: their sum, or the worst of them. */
export function byApi(
    title: string,
    apis: readonly ObservedApi[],
    name: StageMetric,
    statistic: string,
    leftLabel?: string,
): GraphWidget {
    const operation = statistic === "Sum" ? "SUM" : "MAX";
    const series = apis.flatMap((api) =>
        combined(
            operation,
            api.name,
            idOf(api.name),
            api.versions.map((version) => stageMetric(name, version)),
            statistic,
        ),
    );
    return { kind: "graph", title, series, ...(leftLabel === undefined ? {} : { leftLabel }) };
}

/** The indicator's share of bad requests in an hour, over what the objective allows: 1 spends the budget in exactly 30 days. */
export function budgetSpent(
    title: string,
    indicators: readonly Indicator[],
    apis: readonly ObservedApi[],
): GraphWidget {
    const series = indicators.flatMap((indicator, index): Series[] => {
        const api = apis[index]?.name ?? "";
        const own = (id: string): string => `${idOf(api)}_${id}`;
        const parts = indicator.metrics.map(({ id, metric, statistic }): Series => {
            return { label: `${api} ${id}`, id: own(id), metric, statistic, visible: false };
        });
        const expression = indicator.badShare.replaceAll(/\b[a-z]\w*\b/g, own);
        const allowed = Number((1 - indicator.objective).toFixed(8));
        return [...parts, { label: api, expression: `(${expression}) / ${allowed}` }];
    });
    const lines = burns.map(({ rate }) => ({ label: `alarm at ${rate}`, value: rate }));
    return { kind: "graph", title, series, lines, period: 3600 };
}

export function refusedByApi(
    title: string,
    reasons: readonly string[],
    { gateway, prefix }: Observed,
): GraphWidget {
    const series = gateway.apis.flatMap(({ name }) =>
        combined(
            "SUM",
            name,
            idOf(name),
            reasons.map((reason) => refusedMetric(prefix, name, reason)),
            "Sum",
        ),
    );
    return { kind: "graph", title, series, stacked: true };
}

/** One of the gateway's saved queries as a table. */
export function accessLogQuery(name: string, { gateway }: Observed): LogWidget {
    const saved = accessQueries.find((each) => each.name === name);
    return {
        kind: "logs",
        title: name.replaceAll("-", " "),
        groups: gateway.apis.flatMap(({ versions }) => versions.map(({ accessLogs }) => accessLogs)),
        query: saved?.query ?? "",
        view: "table",
    };
}
