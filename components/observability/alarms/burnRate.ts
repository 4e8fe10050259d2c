import type { ObservedApi } from "../observed";
import type { AlarmDefinitions, MetricAlarmDefinition, Rule } from "./definition";
import { percent } from "./expressions";
import { availability, latency, type Indicator } from "./indicators";

interface Window {
    readonly name: string;
    readonly seconds: number;
}
interface Burn {
    /** How many times faster than the objective allows the error budget is spent. */
    readonly rate: number;
    /** One long enough to matter, one short enough to end soon after the trouble has. */
    readonly windows: readonly [Window, Window];
}

const minute = 60;
const hour = 60 * minute;

/**
 * At 14.4 the budget of 30 days is gone in two, and an hour has spent 2 % of it; at 6 it is gone in five, and six hours have spent 5 %.
 * Source: Google, "The Site Reliability Workbook", chapter "Alerting on SLOs", multiple windows and burn rates.
 */
export const burns: readonly Burn[] = [
    {
        rate: 14.4,
        windows: [
            { name: "1h", seconds: hour },
            { name: "5m", seconds: 5 * minute },
        ],
    },
    {
        rate: 6,
        windows: [
            { name: "6h", seconds: 6 * hour },
            { name: "30m", seconds: 30 * minute },
        ],
    },
];

/** An alarm for each window of each objective; the composite alarm wants both windows of a rate, of either objective. */
export function burnRateAlarms(api: ObservedApi): AlarmDefinitions {
    const indicators = [availability(api), latency(api)];
    return {
        metricAlarms: indicators.flatMap((indicator) =>
            burns.flatMap(({ rate, windows }) =>
                windows.map((window) => windowAlarm(api, indicator, rate, window)),
            ),
        ),
        compositeAlarms: [
            {
                key: `${api.name}-error-budget`,
                runbook: "error-budget",
                summary: `The ${api.name} API spends its error budget of 30 days too fast, for availability or for latency.`,
                notifies: false,
                rule: {
                    any: indicators.flatMap((indicator) =>
                        burns.map((burn) => bothWindows(api, indicator, burn)),
                    ),
                },
            },
        ],
    };
}

/** One period as long as the window, which slides on with every evaluation. Source: CloudWatch user guide, "Alarm evaluation windows". */
function windowAlarm(
    api: ObservedApi,
    { badShare, broken, metrics, name, objective }: Indicator,
    rate: number,
    window: Window,
): MetricAlarmDefinition {
    const allowed = withoutTail(rate * (1 - objective));
    return {
        key: windowKey(api, name, window),
        runbook: "error-budget",
        summary: `In ${window.name} more than ${percent(allowed)} of the requests to ${api.name} ${broken}: ${rate} times what the objective of ${percent(objective)} allows.`,
        notifies: false,
        metrics,
        expression: badShare,
        comparison: "GreaterThanThreshold",
        threshold: allowed,
        periodSeconds: window.seconds,
        periods: 1,
        breaching: 1,
        missing: "notBreaching",
    };
}

function bothWindows(api: ObservedApi, { name }: Indicator, { windows }: Burn): Rule {
    return { all: windows.map((window) => ({ alarm: windowKey(api, name, window) })) };
}

function windowKey(api: ObservedApi, indicator: string, window: Window): string {
    return `${api.name}-${indicator}-${window.name}`;
}

/** 14.4 * (1 - 0.999) is 0.014400000000000013. */
function withoutTail(value: number): number {
    return Number(value.toFixed(8));
}
