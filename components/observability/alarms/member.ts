import { inboundDuration } from "../metrics/durations";
import { edgeMetric, memberMetric, taskMetric } from "../metrics/mesh";
import { callersOf, type Observed, type ObservedMember } from "../observed";
import { chunked } from "./chunks";
import type { AlarmDefinitions, MetricAlarmDefinition } from "./definition";
import { highest, percent, total, twiceIn5Minutes } from "./expressions";
import type { AlarmThresholds } from "./thresholds";

/** The alarms of a service of the mesh, or of its ingress, and the composite alarm that rings for all of them. */
export function memberAlarms(
    member: ObservedMember,
    observed: Observed,
    thresholds: AlarmThresholds,
): AlarmDefinitions {
    const metricAlarms = [
        slow(member, observed, thresholds),
        missingTasks(member.name, observed),
        ...failing(member, observed, thresholds),
        ...openBreakers(member, observed),
    ];
    return {
        metricAlarms,
        compositeAlarms: [
            {
                key: member.name,
                runbook: "service-unhealthy",
                summary: `${member.name} fails its callers, or lacks tasks.`,
                notifies: true,
                rule: { any: metricAlarms.map(({ key }) => ({ alarm: key })) },
            },
        ],
    };
}

/** All that is known of a deployment without proxies is whether its tasks run. The alarms keep their names when it gets proxies. */
export function unproxiedAlarms(name: string, observed: Observed): AlarmDefinitions {
    const missing = missingTasks(name, observed);
    return {
        metricAlarms: [missing],
        compositeAlarms: [
            {
                key: name,
                runbook: "service-unhealthy",
                summary: `${name} lacks tasks.`,
                notifies: true,
                rule: { any: [{ alarm: missing.key }] },
            },
        ],
    };
}

function slow(
    member: ObservedMember,
    { prefix }: Observed,
    { serviceP99Milliseconds: threshold }: AlarmThresholds,
): MetricAlarmDefinition {
    return {
        key: `${member.name}-latency-p99`,
        runbook: "latency",
        summary: `The slowest 1 % of the requests to ${member.name} take longer than ${threshold} ms, for 10 minutes.`,
        notifies: false,
        ...highest([inboundDuration(prefix, member)], "p99"),
        comparison: "GreaterThanThreshold",
        threshold,
        ...twiceIn5Minutes,
    };
}

/** Container Insights counts a task as running only while its containers are healthy or still starting; ECS replaces the others. */
function missingTasks(name: string, { mesh }: Observed): MetricAlarmDefinition {
    return {
        key: `${name}-unhealthy-hosts`,
        runbook: "unhealthy-hosts",
        summary: `${name} has had fewer tasks than it should for 5 minutes.`,
        notifies: false,
        metrics: [
            {
                id: "desired",
                metric: taskMetric("DesiredTaskCount", name, mesh),
                statistic: "Maximum",
            },
            {
                id: "running",
                metric: taskMetric("RunningTaskCount", name, mesh),
                statistic: "Minimum",
            },
        ],
        expression: "desired - running",
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        periodSeconds: 60,
        periods: 5,
        breaching: 5,
        missing: "notBreaching",
    };
}

function failing(
    { name }: ObservedMember,
    { mesh: { telemetry } }: Observed,
    { errorRate: threshold }: AlarmThresholds,
): readonly MetricAlarmDefinition[] {
    return telemetry === undefined
        ? []
        : [
              {
                  key: `${name}-error-rate`,
                  runbook: "error-rate",
                  summary: `${name} answers more than ${percent(threshold)} of its requests with 5xx, for 10 minutes.`,
                  notifies: false,
                  metrics: [
                      { id: "failed", metric: memberMetric("errors", name, telemetry), statistic: "Sum" },
                      { id: "every", metric: memberMetric("requests", name, telemetry), statistic: "Sum" },
                  ],
                  expression: "failed / every",
                  comparison: "GreaterThanThreshold",
                  threshold,
                  ...twiceIn5Minutes,
              },
          ];
}

/** An instance that keeps failing is taken out again as soon as it is back, which is every minute: twice in five is no single mishap. */
function openBreakers({ name }: ObservedMember, { mesh }: Observed): readonly MetricAlarmDefinition[] {
    const { telemetry } = mesh;
    if (telemetry === undefined) {
        return [];
    }
    return chunked(callersOf(name, mesh), `${name}-breaker-open`).map(({ key, items: callers }) => ({
        key,
        runbook: "breaker-open",
        summary: `Circuit breakers of callers take instances of ${name} out, in 2 of 5 minutes.`,
        notifies: false,
        ...total(callers.map((caller) => edgeMetric("ejections", caller.name, name, telemetry))),
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        periodSeconds: 60,
        periods: 5,
        breaching: 2,
        missing: "notBreaching",
    }));
}
