import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type { cloudwatch as input } from "@pulumi/aws/types/input";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import type { AlarmTexts } from "./alarms/checkAlarms";
import type { AlarmDefinitions, CompositeAlarmDefinition, MetricAlarmDefinition } from "./alarms/definition";
import { alarmsOf, ruleText } from "./alarms/rule";
import type { TrafficObservabilityTransform } from "./observabilityArgs";
import { unknowns, type Unknown } from "./unknowns";

export type UnknownValues = Readonly<Record<Unknown, pulumi.Input<string>>>;

export interface AlarmContext {
    readonly texts: AlarmTexts;
    readonly topicArn: pulumi.Input<string>;
    readonly values: UnknownValues;
    readonly transform: TrafficObservabilityTransform;
}

export type AlarmNodes = Readonly<Record<string, cloudwatch.MetricAlarm | cloudwatch.CompositeAlarm>>;

/** All alarms by their key; a composite alarm waits for the alarms that it asks. */
export function createAlarms(
    name: string,
    { compositeAlarms, metricAlarms }: AlarmDefinitions,
    context: AlarmContext,
    parent: pulumi.Resource,
): AlarmNodes {
    const nodes: Record<string, cloudwatch.MetricAlarm | cloudwatch.CompositeAlarm> = {};
    for (const alarm of metricAlarms) {
        nodes[alarm.key] = new cloudwatch.MetricAlarm(
            `${name}-${alarm.key}`,
            transformed(metricAlarmArgs(alarm, context), context.transform.metricAlarm),
            { parent },
        );
    }
    for (const alarm of compositeAlarms) {
        const children = [...new Set(alarmsOf(alarm.rule))].flatMap((key) => nodes[key] ?? []);
        nodes[alarm.key] = new cloudwatch.CompositeAlarm(
            `${name}-${alarm.key}`,
            transformed(compositeAlarmArgs(alarm, context), context.transform.compositeAlarm),
            { parent, dependsOn: children },
        );
    }
    return nodes;
}

function metricAlarmArgs(alarm: MetricAlarmDefinition, context: AlarmContext): cloudwatch.MetricAlarmArgs {
    const { texts, values } = context;
    return {
        name: texts.nameOf(alarm.key),
        alarmDescription: texts.descriptionOf(alarm),
        metricQueries: [
            { id: "watched", expression: alarm.expression, label: alarm.key, returnData: true },
            ...alarm.metrics.map(({ id, metric, statistic }): input.MetricAlarmMetricQuery => ({
                id,
                metric: {
                    namespace: metric.namespace,
                    metricName: metric.name,
                    dimensions: known(metric.dimensions, values),
                    stat: statistic,
                    period: alarm.periodSeconds,
                },
                returnData: false,
            })),
        ],
        comparisonOperator: alarm.comparison,
        threshold: alarm.threshold,
        evaluationPeriods: alarm.periods,
        datapointsToAlarm: alarm.breaching,
        treatMissingData: alarm.missing,
        ...actions(alarm.notifies, context),
    };
}

function compositeAlarmArgs(
    alarm: CompositeAlarmDefinition,
    context: AlarmContext,
): cloudwatch.CompositeAlarmArgs {
    const { texts } = context;
    return {
        alarmName: texts.nameOf(alarm.key),
        alarmDescription: texts.descriptionOf(alarm),
        alarmRule: ruleText(alarm.rule, texts.nameOf),
        ...actions(alarm.notifies, context),
    };
}

/** The end of the trouble is told too. */
function actions(
    notifies: boolean,
    { topicArn }: AlarmContext,
): { alarmActions?: pulumi.Input<string>[]; okActions?: pulumi.Input<string>[] } {
    return notifies ? { alarmActions: [topicArn], okActions: [topicArn] } : {};
}

function known(
    dimensions: Readonly<Record<string, string>>,
    values: UnknownValues,
): Record<string, pulumi.Input<string>> {
    const placeholders = Object.entries(unknowns) as [Unknown, string][];
    const entries = Object.entries(dimensions).map(([key, value]) => {
        const unknown = placeholders.find(([, placeholder]) => placeholder === value);
        return [key, unknown === undefined ? value : values[unknown[0]]] as const;
    });
    return Object.fromEntries(entries);
}
