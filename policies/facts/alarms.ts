import type { Resource, Stack } from "./stack";
import type { Value } from "./value";

const metricAlarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeType = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const topicType = "aws:sns/topic:Topic";

/** A metric that an alarm looks at. */
export interface Watched {
    readonly namespace: string | undefined;
    readonly name: string | undefined;
    readonly dimensions: Value;
    readonly statistic: string | undefined;
}

/** An alarm that somebody is told of, by itself or through a composite one. */
export interface Alarm {
    readonly resource: Resource;
    readonly metrics: readonly Watched[];
    /** Whether a sum is set against another: it stays below 1. */
    readonly isShare: boolean;
    readonly threshold: Value;
}

export function alarmsHeard(stack: Stack): readonly Alarm[] {
    const composites = stack.ofType(compositeType).filter(isOn);
    const heard = heardThrough(composites);
    return stack
        .ofType(metricAlarmType)
        .filter((alarm) => isOn(alarm) && (tells(alarm) || heard.has(alarm.props.get("name").text)))
        .filter(({ props }) => (props.get("comparisonOperator").text ?? "").startsWith("GreaterThan"))
        .map((resource) => ({
            resource,
            metrics: metricsOf(resource),
            isShare: queriesOf(resource).some(
                (query) => query.get("expression").text?.includes("/") === true,
            ),
            threshold: resource.props.get("threshold"),
        }));
}

/** Names of alarms any one of which rings a composite alarm that tells somebody, however many levels below it. */
function heardThrough(composites: readonly Resource[]): ReadonlySet<string | undefined> {
    const heard = new Set<string | undefined>();
    let rest = composites;
    for (;;) {
        const ringing = rest.filter((each) => tells(each) || heard.has(each.props.get("alarmName").text));
        if (ringing.length === 0) {
            return heard;
        }
        ringing.flatMap(anyOf).forEach((name) => heard.add(name));
        rest = rest.filter((each) => !ringing.includes(each));
    }
}

/** Alarms of a rule that is nothing but one or the other. */
function anyOf({ props }: Resource): readonly string[] {
    const rule = props.get("alarmRule").text ?? "";
    const rest = rule.replaceAll(/ALARM\("[^"]+"\)|\bOR\b|[()\s]/g, "");
    return rest === "" ? [...rule.matchAll(/ALARM\("([^"]+)"\)/g)].map(([, name]) => name ?? "") : [];
}

function isOn({ props }: Resource): boolean {
    const enabled = props.get("actionsEnabled");
    return (enabled.isMissing || enabled.isTrue) && props.get("actionsSuppressor").isMissing;
}

/** Its actions name a topic: one of this program, or by its ARN. */
function tells(alarm: Resource): boolean {
    const actions = alarm.props.get("alarmActions");
    const own = alarm.sources("alarmActions", topicType);
    return actions.isUnknown
        ? own.length > 0
        : actions
              .items()
              .some((action) => (action.isUnknown ? own.length > 0 : (action.text ?? "").startsWith("arn:")));
}

function queriesOf({ props }: Resource): readonly Value[] {
    return props.get("metricQueries").items();
}

function metricsOf(alarm: Resource): readonly Watched[] {
    const { props } = alarm;
    const one = {
        metric: props,
        statistics: ["statistic", "extendedStatistic"].map((name) => props.get(name)),
    };
    const several = queriesOf(alarm)
        .map((query) => query.get("metric"))
        .filter((metric) => !metric.isMissing)
        .map((metric) => ({ metric, statistics: [metric.get("stat")] }));
    return [one, ...several].map(({ metric, statistics }) => ({
        namespace: metric.get("namespace").text,
        name: metric.get("metricName").text,
        dimensions: metric.get("dimensions"),
        statistic: statistics.map(({ text }) => text).find((text) => text !== undefined),
    }));
}
