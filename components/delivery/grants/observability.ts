import { arn, type Grant, type Scope } from "../scope";

const log = ["aws:cloudwatch/logGroup:LogGroup"];
const filter = ["aws:cloudwatch/logMetricFilter:LogMetricFilter"];
const query = ["aws:cloudwatch/queryDefinition:QueryDefinition"];
const alarm = ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm"];
const dashboard = ["aws:cloudwatch/dashboard:Dashboard"];
const topic = [
    "aws:sns/topic:Topic",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sns/topicSubscription:TopicSubscription",
];
const trace = ["aws:xray/group:Group", "aws:xray/samplingRule:SamplingRule"];

/** Logs, dashboards, alarms, topics and traces. */
export function observabilityGrants(scope: Scope): readonly Grant[] {
    const { prefix, accountId } = scope;
    const groups = [`/${prefix}/*`, "API-Gateway-Execution-Logs_*", `aws-waf-logs-${prefix}`].map((name) =>
        arn(scope, "logs", `log-group:${name}`),
    );
    return [
        {
            types: [...log, ...filter],
            read: ["logs:DescribeMetricFilters", "logs:ListTagsForResource"],
            write: logWrites,
            // The form with `:*` is what some of these actions ask for.
            on: groups.flatMap((group) => [group, `${group}:*`]),
        },
        {
            types: [...log, ...query],
            read: ["logs:DescribeLogGroups", "logs:DescribeQueryDefinitions"],
            on: "everything",
        },
        { types: query, write: ["logs:DeleteQueryDefinition", "logs:PutQueryDefinition"], on: "everything" },
        {
            types: [
                "aws:apigateway/stage:Stage",
                "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
            ],
            write: [
                "logs:CreateLogDelivery",
                "logs:DeleteLogDelivery",
                "logs:DescribeResourcePolicies",
                "logs:PutResourcePolicy",
            ],
            on: "everything",
        },
        {
            types: alarm,
            read: ["cloudwatch:ListTagsForResource"],
            write: [
                "cloudwatch:DeleteAlarms",
                "cloudwatch:PutMetricAlarm",
                "cloudwatch:TagResource",
                "cloudwatch:UntagResource",
            ],
            on: [arn(scope, "cloudwatch", `alarm:${prefix}-*`)],
        },
        {
            types: alarm,
            // AWS takes both for composite alarms only where they are allowed on everything (API reference, PutCompositeAlarm, DescribeAlarms).
            read: ["cloudwatch:DescribeAlarms"],
            write: ["cloudwatch:PutCompositeAlarm"],
            on: "everything",
        },
        {
            types: dashboard,
            read: ["cloudwatch:GetDashboard"],
            write: ["cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"],
            on: [`arn:aws:cloudwatch::${accountId}:dashboard/${prefix}-*`],
        },
        {
            types: topic,
            read: [
                "sns:GetSubscriptionAttributes",
                "sns:GetTopicAttributes",
                "sns:ListSubscriptionsByTopic",
                "sns:ListTagsForResource",
            ],
            write: [
                "sns:CreateTopic",
                "sns:DeleteTopic",
                "sns:SetSubscriptionAttributes",
                "sns:Unsubscribe",
                "sns:SetTopicAttributes",
                "sns:Subscribe",
                "sns:TagResource",
                "sns:UntagResource",
            ],
            on: [arn(scope, "sns", `${prefix}-*`)],
        },
        {
            types: trace,
            read: ["xray:GetGroup", "xray:ListTagsForResource"],
            write: [
                "xray:CreateGroup",
                "xray:DeleteGroup",
                "xray:TagResource",
                "xray:UntagResource",
                "xray:UpdateGroup",
            ],
            on: [arn(scope, "xray", `group/${prefix}-*/*`)],
        },
        {
            types: trace,
            read: ["xray:ListTagsForResource"],
            write: [
                "xray:CreateSamplingRule",
                "xray:DeleteSamplingRule",
                "xray:TagResource",
                "xray:UntagResource",
                "xray:UpdateSamplingRule",
            ],
            on: [arn(scope, "xray", `sampling-rule/${prefix}-*`)],
        },
        { types: trace, read: ["xray:GetSamplingRules"], on: "everything" },
    ];
}

const logWrites = [
    "logs:AssociateKmsKey",
    "logs:CreateLogGroup",
    "logs:DeleteLogGroup",
    "logs:DeleteMetricFilter",
    "logs:DeleteRetentionPolicy",
    "logs:DisassociateKmsKey",
    "logs:PutMetricFilter",
    "logs:PutRetentionPolicy",
    "logs:TagResource",
    "logs:UntagResource",
];
