import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { CloudWatch, type Dimension } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ECS } from "@aws-sdk/client-ecs";
import { IAM } from "@aws-sdk/client-iam";
import { ServiceDiscovery } from "@aws-sdk/client-servicediscovery";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import { XRay } from "@aws-sdk/client-xray";
import { setTimeout as pause } from "node:timers/promises";
import type { Aws, Call, Metric } from "./aws";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of 50 events each. */
const PAGES = 200;

/** AWS's own answers, with the credentials that its SDK finds. */
export function awsSdk(region: string): Aws {
    const trail = new CloudTrail({ region });
    const cloudwatch = new CloudWatch({ region });
    const iam = new IAM({ region });
    const logs = new CloudWatchLogs({ region });
    const ecs = new ECS({ region });
    const discovery = new ServiceDiscovery({ region });
    const ssm = new SSM({ region });
    const sts = new STS({ region });
    const xray = new XRay({ region });
    return {
        account: async () => {
            const { Account = "", Arn = "" } = await sts.getCallerIdentity({});
            return { accountId: Account, arn: Arn };
        },
        accountNames: async () => {
            try {
                return (await iam.listAccountAliases({})).AccountAliases ?? [];
            } catch (error) {
                if (error instanceof Error && error.name === "AccessDenied") {
                    return [];
                }
                throw error;
            }
        },
        identitySummary: async () => (await iam.getAccountSummary({})).SummaryMap ?? {},
        logs: async (logGroupName, since, filterPattern) => {
            const { events = [] } = await logs.filterLogEvents({
                logGroupName,
                startTime: since.getTime(),
                ...(filterPattern === undefined ? {} : { filterPattern }),
            });
            return events.map(({ timestamp = 0, logStreamName = "", message = "" }) => ({
                at: new Date(timestamp),
                stream: logStreamName,
                message,
            }));
        },
        insights: async (logGroupName, queryString) => {
            const now = Date.now();
            const { queryId } = await logs.startQuery({
                logGroupName,
                queryString,
                startTime: Math.floor((now - HOUR) / 1000),
                endTime: Math.floor(now / 1000),
            });
            for (;;) {
                const { status, results = [] } = await logs.getQueryResults({ queryId });
                if (status !== "Running" && status !== "Scheduled") {
                    return results.map((row) =>
                        Object.fromEntries(row.map(({ field = "", value = "" }) => [field, value])),
                    );
                }
                await pause(1000);
            }
        },
        metrics: async (Namespace, MetricName) => {
            const { Metrics = [] } = await cloudwatch.listMetrics({
                Namespace,
                ...(MetricName === undefined ? {} : { MetricName }),
            });
            return Metrics.map((metric) => ({
                namespace: metric.Namespace ?? "",
                name: metric.MetricName ?? "",
                dimensions: Object.fromEntries(
                    (metric.Dimensions ?? []).map(({ Name = "", Value = "" }) => [Name, Value]),
                ),
            }));
        },
        values: async (metric, Stat) => {
            const { MetricDataResults = [] } = await cloudwatch.getMetricData({
                StartTime: new Date(Date.now() - HOUR),
                EndTime: new Date(),
                MetricDataQueries: [
                    {
                        Id: "asked",
                        MetricStat: {
                            Metric: {
                                Namespace: metric.namespace,
                                MetricName: metric.name,
                                Dimensions: dimensions(metric),
                            },
                            Period: 60,
                            Stat,
                        },
                    },
                ],
            });
            return MetricDataResults[0]?.Values ?? [];
        },
        alarms: async (AlarmNamePrefix) => {
            const { MetricAlarms = [] } = await cloudwatch.describeAlarms({
                AlarmNamePrefix,
                AlarmTypes: ["MetricAlarm"],
            });
            return MetricAlarms.map(
                ({ AlarmActions = [], AlarmName = "", StateValue = "", MetricName, Metrics = [] }) => ({
                    name: AlarmName,
                    state: StateValue,
                    tells: AlarmActions.length > 0,
                    metrics: [
                        MetricName,
                        ...Metrics.map(({ MetricStat }) => MetricStat?.Metric?.MetricName),
                    ].filter((name) => name !== undefined),
                }),
            );
        },
        ring: async (AlarmName) => {
            await cloudwatch.setAlarmState({
                AlarmName,
                StateValue: "ALARM",
                StateReason: "verify-aws sees whether anybody would be told",
            });
        },
        alarmActions: async (AlarmName) => {
            const { AlarmHistoryItems = [] } = await cloudwatch.describeAlarmHistory({
                AlarmName,
                HistoryItemType: "Action",
            });
            return AlarmHistoryItems.map(({ HistorySummary = "" }) => HistorySummary);
        },
        tasks: async (cluster, serviceName) => {
            const running = await ecs.listTasks({ cluster, serviceName });
            const stopped = await ecs.listTasks({ cluster, serviceName, desiredStatus: "STOPPED" });
            const arns = [...(running.taskArns ?? []), ...(stopped.taskArns ?? [])];
            const { tasks = [] } = arns.length === 0 ? {} : await ecs.describeTasks({ cluster, tasks: arns });
            return tasks.map(
                ({
                    taskArn = "",
                    lastStatus = "",
                    stoppedReason = "",
                    containers = [],
                    attachments = [],
                }) => ({
                    arn: taskArn,
                    status: lastStatus,
                    stoppedReason,
                    address:
                        attachments
                            .flatMap(({ details = [] }) => details)
                            .find(({ name }) => name === "privateIPv4Address")?.value ?? "",
                    containers: Object.fromEntries(
                        containers.map(({ name = "", lastStatus: status = "" }) => [name, status]),
                    ),
                }),
            );
        },
        stopTask: async (cluster, task) => {
            await ecs.stopTask({ cluster, task, reason: "verify-aws" });
        },
        restart: async (cluster, service) => {
            await ecs.updateService({ cluster, service, forceNewDeployment: true });
        },
        deployments: async (cluster, service) => {
            const { services = [] } = await ecs.describeServices({ cluster, services: [service] });
            return (services[0]?.deployments ?? []).map(
                ({ id = "", createdAt = new Date(0), rolloutState = "" }) => ({
                    id,
                    createdAt,
                    state: rolloutState,
                }),
            );
        },
        addresses: async (ServiceId) => {
            const { Instances = [] } = await discovery.listInstances({ ServiceId });
            return Instances.map(({ Attributes = {} }) => Attributes.AWS_INSTANCE_IPV4 ?? "");
        },
        parameter: async (Name) => (await ssm.getParameter({ Name })).Parameter?.Value ?? "",
        calls: async (roleName) => {
            const found: Call[] = [];
            let token: string | undefined;
            for (let page = 0; page < PAGES; page += 1) {
                const { Events = [], NextToken } = await trail.lookupEvents({
                    StartTime: new Date(Date.now() - DAY),
                    ...(token === undefined ? {} : { NextToken: token }),
                });
                found.push(
                    ...Events.flatMap(({ CloudTrailEvent = "{}" }) => callOf(CloudTrailEvent, roleName)),
                );
                token = NextToken;
                if (token === undefined) {
                    break;
                }
                // Two look-ups a second are allowed.
                await pause(600);
            }
            return found;
        },
        traces: async (since, FilterExpression) => {
            const { TraceSummaries = [] } = await xray.getTraceSummaries({
                StartTime: since,
                EndTime: new Date(),
                FilterExpression,
            });
            return TraceSummaries.map(({ Id = "", ServiceIds = [] }) => ({
                id: Id,
                services: ServiceIds.map(({ Name = "" }) => Name),
            }));
        },
    };
}

function dimensions(metric: Metric): Dimension[] {
    return Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value }));
}

/** An event of CloudTrail, where the role made the call. Source: CloudTrail record contents. */
function callOf(text: string, roleName: string): readonly Call[] {
    const event = JSON.parse(text) as {
        readonly eventName?: string;
        readonly errorCode?: string;
        readonly userIdentity?: {
            readonly sessionContext?: { readonly sessionIssuer?: { readonly userName?: string } };
        };
    };
    return event.userIdentity?.sessionContext?.sessionIssuer?.userName === roleName
        ? [{ name: event.eventName ?? "", error: event.errorCode ?? "" }]
        : [];
}
