import type { Metric } from "../metrics/metric";
import type { AlarmMetric, MetricAlarmDefinition } from "./definition";

type Measured = Pick<MetricAlarmDefinition, "metrics" | "expression">;

/** `SUM([m0, m1])`: over a list, because `+` has no value where one of the metrics has none. */
export function total(metrics: readonly Metric[], statistic = "Sum"): Measured {
    return overList("SUM", metrics, statistic);
}

export function highest(metrics: readonly Metric[], statistic: string): Measured {
    return overList("MAX", metrics, statistic);
}

export function lowest(metrics: readonly Metric[], statistic: string): Measured {
    return overList("MIN", metrics, statistic);
}

/** Two bad periods in a row; a period without requests is none. */
export const twiceIn5Minutes = {
    periodSeconds: 300,
    periods: 2,
    breaching: 2,
    missing: "notBreaching",
} as const;

/** `5 %` */
export function percent(share: number): string {
    return `${Number((share * 100).toFixed(4))} %`;
}

function overList(operation: string, metrics: readonly Metric[], statistic: string): Measured {
    const measured = metrics.map((metric, index): AlarmMetric => ({ id: `m${index}`, metric, statistic }));
    return {
        metrics: measured,
        expression: `${operation}([${measured.map(({ id }) => id).join(", ")}])`,
    };
}
