import { stageMetric } from "../metrics/gateway";
import type { ObservedApi } from "../observed";
import type { AlarmMetric } from "./definition";

/** How an objective is measured. */
export interface Indicator {
    readonly name: "availability" | "latency";
    /** Share of good requests that is promised. */
    readonly objective: number;
    /** What a bad request does: the end of a sentence. */
    readonly broken: string;
    readonly metrics: readonly AlarmMetric[];
    /** Share of bad requests, as metric math over the metrics. */
    readonly badShare: string;
}

export function availability({ objectives, versions }: ObservedApi): Indicator {
    const metrics = versions.flatMap((each): AlarmMetric[] => [
        { id: `failed_${each.version}`, metric: stageMetric("5XXError", each), statistic: "Sum" },
        { id: `all_${each.version}`, metric: stageMetric("Count", each), statistic: "Sum" },
    ]);
    return {
        name: "availability",
        objective: objectives.availability,
        broken: "fail (5xx)",
        metrics,
        badShare: `${sum("failed", versions)} / ${sum("all", versions)}`,
    };
}

/**
 * `PR(0:800)` is the percentage of requests that took at most 800 ms; it cannot be added up over versions, the counts can.
 * Source: CloudWatch user guide, "CloudWatch statistics definitions".
 */
export function latency({ objectives, versions }: ObservedApi): Indicator {
    const { share, withinMilliseconds } = objectives.latency;
    const metrics = versions.flatMap((each): AlarmMetric[] => {
        const metric = stageMetric("Latency", each);
        return [
            { id: `fast_${each.version}`, metric, statistic: `PR(0:${withinMilliseconds})` },
            { id: `all_${each.version}`, metric, statistic: "SampleCount" },
        ];
    });
    const fast = versions.map(({ version }) => `fast_${version} * all_${version} / 100`).join(", ");
    return {
        name: "latency",
        objective: share,
        broken: `take longer than ${withinMilliseconds} ms`,
        metrics,
        badShare: `1 - SUM([${fast}]) / ${sum("all", versions)}`,
    };
}

/** Over a list, because `+` has no value where one version had no request. */
function sum(prefix: string, versions: ObservedApi["versions"]): string {
    return `SUM([${versions.map(({ version }) => `${prefix}_${version}`).join(", ")}])`;
}
