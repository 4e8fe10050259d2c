import { Issues, type Issue } from "../../model/issues";
import { checkEmitted, type EmittedMetrics } from "../metrics/emitted";
import type { AlarmDefinitions, CompositeAlarmDefinition, MetricAlarmDefinition } from "./definition";
import { alarmsOf, ruleText } from "./rule";

/**
 * Source: CloudWatch API reference, PutMetricAlarm, PutCompositeAlarm and MetricDataQuery; CloudWatch user guide, "Limits that apply to
 * alarms based on metric math expressions"; for the expression the provider, which takes half of what CloudWatch does.
 */
const limits = {
    name: 255,
    description: 1024,
    metrics: 10,
    expression: 1024,
    rule: 10_240,
    children: 100,
    hour: 3600,
    shortPeriodsTogether: 86_400,
    longPeriodsTogether: 604_800,
};

export interface AlarmTexts {
    readonly nameOf: (key: string) => string;
    readonly descriptionOf: (alarm: MetricAlarmDefinition | CompositeAlarmDefinition) => string;
}

/** What CloudWatch would refuse only on deploy, or take and never ring for. */
export function checkAlarms(
    { metricAlarms, compositeAlarms }: AlarmDefinitions,
    emitted: EmittedMetrics,
    texts: AlarmTexts,
): readonly Issue[] {
    const issues = new Issues();
    const all = [...metricAlarms, ...compositeAlarms];
    const firstOf = new Map(all.map(({ key }, index) => [key, index] as const).reverse());
    for (const [index, alarm] of all.entries()) {
        const path = `alarms.${alarm.key}`;
        const isFirst = firstOf.get(alarm.key) === index;
        issues.require(isFirst, path, alarm.key, "a name of its own for each alarm");
        atMost(issues, limits.name, path, "characters of a name", texts.nameOf(alarm.key).length);
        atMost(
            issues,
            limits.description,
            path,
            "characters of a description",
            texts.descriptionOf(alarm).length,
        );
    }
    for (const alarm of metricAlarms) {
        issues.addAll(checkMetricAlarm(alarm, emitted), `alarms.${alarm.key}`);
    }
    const [known, earlier] = [new Set(metricAlarms.map(({ key }) => key)), "an alarm that comes before it"];
    for (const { key, rule } of compositeAlarms) {
        const path = `alarms.${key}.rule`;
        const children = alarmsOf(rule);
        for (const child of children) {
            issues.require(known.has(child), path, child, earlier);
        }
        known.add(key);
        issues.require(children.length > 0, path, "no alarm", "at least one alarm");
        atMost(issues, limits.children, path, "alarms", new Set(children).size);
        atMost(issues, limits.rule, path, "characters", ruleText(rule, texts.nameOf).length);
    }
    return issues.all;
}

function checkMetricAlarm(alarm: MetricAlarmDefinition, emitted: EmittedMetrics): readonly Issue[] {
    const { breaching, expression, metrics, periodSeconds: period, periods, threshold } = alarm;
    const issues = new Issues();
    issues.require(metrics.length > 0, "metrics", "none", "at least one metric");
    atMost(issues, limits.metrics, "metrics", "metrics", metrics.length);
    issues.addAll(
        checkEmitted(
            "metrics",
            metrics.map(({ metric }) => metric),
            emitted,
        ),
    );
    const ids = metrics.map(({ id }) => id);
    for (const id of ids) {
        const isId = /^[a-z]\w*$/.test(id) && ids.filter((each) => each === id).length === 1;
        issues.require(
            isId,
            "metrics",
            id,
            "an id of its own: letters, digits, _, beginning with a small letter",
        );
    }
    atMost(issues, limits.expression, "expression", "characters", expression.length);
    const asked: readonly string[] = expression.match(/\b[a-z]\w*\b/g) ?? [];
    const isWhole = asked.every((id) => ids.includes(id)) && ids.every((id) => asked.includes(id));
    issues.require(isWhole, "expression", expression, `an expression over ${ids.join(", ")}, and no other`);
    issues.require(Number.isFinite(threshold), "threshold", threshold, "a number");
    issues.require(
        Number.isInteger(period) && period >= 60 && period % 60 === 0,
        "periodSeconds",
        period,
        "a multiple of 60",
    );
    const together = period < limits.hour ? limits.shortPeriodsTogether : limits.longPeriodsTogether;
    const isLength = Number.isInteger(periods) && periods >= 1 && periods * period <= together;
    issues.require(isLength, "periods", periods, `1 to ${Math.floor(together / period)} whole periods`);
    const isCount = Number.isInteger(breaching) && breaching >= 1 && breaching <= periods;
    issues.require(isCount, "breaching", breaching, `a whole number from 1 to ${periods}`);
    return issues.all;
}

function atMost(issues: Issues, most: number, path: string, of: string, got: number): void {
    issues.require(got <= most, path, `${got} ${of}`, `at most ${most}`);
}
