import type { Metric } from "../metrics/metric";
import type { RunbookEntry } from "../runbook";

/** A metric as a variable of an alarm's expression. */
export interface AlarmMetric {
    /** Letters, digits and underscores, beginning with a small letter. */
    readonly id: string;
    readonly metric: Metric;
    /** Such as `Sum`, `p99` or `PR(0:800)`. */
    readonly statistic: string;
}

interface AlarmBase {
    /** Name within the stack: `orders-error-rate`. */
    readonly key: string;
    /** Section of docs/runbook.md that says what to do. */
    readonly runbook: RunbookEntry;
    /** What has happened when it rings: one sentence. */
    readonly summary: string;
    /** Whether it tells people by itself; otherwise a composite alarm does. */
    readonly notifies: boolean;
}

export interface MetricAlarmDefinition extends AlarmBase {
    readonly metrics: readonly AlarmMetric[];
    /** Metric math over the ids. */
    readonly expression: string;
    readonly comparison:
        | "GreaterThanThreshold"
        | "GreaterThanOrEqualToThreshold"
        | "LessThanThreshold"
        | "LessThanOrEqualToThreshold";
    readonly threshold: number;
    /** Length of one period. */
    readonly periodSeconds: number;
    /** Periods that are looked at. */
    readonly periods: number;
    /** Periods of these that must break the threshold. */
    readonly breaching: number;
    /** What a period without data counts as. */
    readonly missing: "notBreaching" | "breaching" | "ignore" | "missing";
}

/** When a composite alarm rings, over the keys of other alarms. */
export type Rule =
    { readonly alarm: string } | { readonly all: readonly Rule[] } | { readonly any: readonly Rule[] };

export interface CompositeAlarmDefinition extends AlarmBase {
    readonly rule: Rule;
}

export interface AlarmDefinitions {
    readonly metricAlarms: readonly MetricAlarmDefinition[];
    readonly compositeAlarms: readonly CompositeAlarmDefinition[];
}

export function joined(...parts: readonly AlarmDefinitions[]): AlarmDefinitions {
    return {
        metricAlarms: parts.flatMap(({ metricAlarms }) => metricAlarms),
        compositeAlarms: parts.flatMap(({ compositeAlarms }) => compositeAlarms),
    };
}
