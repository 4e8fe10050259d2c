/*
 * CloudWatch, Logs, X-Ray and SNS. Replacements: ForceNew in hashicorp/terraform-provider-aws,
 * internal/service/{cloudwatch,logs,xray,sns}/*.go. A query definition is renamed in place.
 */
import { isProps, type Props } from "../../rpc/values";
import type { Problem, Table } from "../../table/emulation";
import { account } from "../forms";
import { BROKEN, parsedJson, policiesAsText, policyProblems } from "../documents";
import { all, between, exactlyOne, oneOf } from "../../table/limits";

/** Days that CloudWatch Logs can keep events; 0 keeps them for ever. */
const RETENTION = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
    3653,
];

export const monitoring: Table = {
    "aws:cloudwatch/logGroup:LogGroup": {
        id: (r) => r.text("name"),
        outputs: { arn: (r) => r.arn("logs", `log-group:${r.id}`), logGroupClass: () => "STANDARD" },
        autoname: { property: "name", maxLength: 512 },
        defaults: { retentionInDays: 0, skipDestroy: false },
        replaces: ["logGroupClass", "name", "namePrefix"],
        check: oneOf("retentionInDays", RETENTION),
    },
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
        id: (r) => r.text("policyName", r.text("resourceArn")),
        outputs: { policyScope: (r) => (r.input("resourceArn") === undefined ? "ACCOUNT" : "RESOURCE") },
        replaces: ["policyName", "resourceArn"],
        normalize: policiesAsText("policyDocument"),
        check: policyProblems("policyDocument"),
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        id: (r) => r.text("name"),
        outputs: {
            arn: (r) => r.arn("cloudwatch", `alarm:${r.id}`),
            evaluateLowSampleCountPercentiles: () => "",
        },
        autoname: { property: "name", maxLength: 255 },
        defaults: { actionsEnabled: true, treatMissingData: "missing" },
        replaces: ["name"],
        check: oneOf("treatMissingData", ["missing", "ignore", "breaching", "notBreaching"]),
    },
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
        id: (r) => r.text("alarmName"),
        outputs: { arn: (r) => r.arn("cloudwatch", `alarm:${r.id}`) },
        defaults: { actionsEnabled: true },
        replaces: ["actionsEnabled", "alarmName"],
    },
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
        id: (r) => r.text("name"),
        outputs: {},
        autoname: { property: "name", maxLength: 512 },
        replaces: ["logGroupName", "name"],
        check: filterProblems,
    },
    "aws:cloudwatch/dashboard:Dashboard": {
        id: (r) => r.text("dashboardName"),
        outputs: { dashboardArn: (r) => r.globalArn("cloudwatch", `dashboard/${r.id}`) },
        replaces: ["dashboardName"],
        check: dashboardProblems,
    },
    "aws:cloudwatch/queryDefinition:QueryDefinition": {
        id: (r) => r.uuid(),
        outputs: {
            arn: (r) => r.arn("logs", `query-definition:${r.id}`),
            queryDefinitionId: (r) => r.id,
        },
        autoname: { property: "name", maxLength: 255 },
        replaces: [],
    },
    "aws:xray/group:Group": {
        id: (r) => r.arn("xray", `group/${r.text("groupName")}/${r.hex(26).toUpperCase()}`),
        outputs: { arn: (r) => r.id, insightsConfiguration: () => ({ insightsEnabled: false }) },
        replaces: ["groupName"],
    },
    "aws:xray/samplingRule:SamplingRule": {
        id: (r) => r.text("ruleName"),
        outputs: { arn: (r) => r.arn("xray", `sampling-rule/${r.id}`) },
        replaces: ["ruleName"],
        check: all(exactlyOne("ruleName"), between("fixedRate", 0, 1), between("priority", 1, 9999)),
    },
    "aws:sns/topic:Topic": {
        id: (r) => r.arn("sns", r.text("name")),
        outputs: {
            arn: (r) => r.id,
            owner: account,
            policy: (r) =>
                JSON.stringify({
                    Version: "2008-10-17",
                    Id: "__default_policy_ID",
                    Statement: [],
                    Owner: r.account,
                }),
        },
        autoname: { property: "name", maxLength: 256 },
        defaults: { fifoTopic: false },
        replaces: ["fifoTopic", "name", "namePrefix"],
        normalize: policiesAsText("policy"),
        check: policyProblems("policy"),
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        id: (r) => `${r.text("topic")}:${r.uuid()}`,
        outputs: {
            arn: (r) => r.id,
            confirmationWasAuthenticated: () => false,
            ownerId: account,
            pendingConfirmation: (r) => r.text("protocol").startsWith("email"),
        },
        defaults: {
            confirmationTimeoutInMinutes: 1,
            endpointAutoConfirms: false,
            rawMessageDelivery: false,
        },
        replaces: ["endpoint", "protocol", "topic"],
    },
};

/** CloudWatch Logs refuses both together. Source: CloudWatch Logs user guide, "Creating metrics from log events using filters". */
function filterProblems({ metricTransformation }: Props): readonly Problem[] {
    const both =
        isProps(metricTransformation) &&
        metricTransformation.defaultValue !== undefined &&
        metricTransformation.dimensions !== undefined;
    return both
        ? [
              {
                  property: "metricTransformation",
                  reason: "a metric filter with dimensions takes no default value",
              },
          ]
        : [];
}

function dashboardProblems({ dashboardBody }: Props): readonly Problem[] {
    const property = "dashboardBody";
    const body = parsedJson(dashboardBody);
    return body === BROKEN || (typeof body === "object" && body !== null && !("widgets" in body))
        ? [
              {
                  property,
                  reason: `"${property}" is no dashboard; CloudWatch wants a JSON object with "widgets"`,
              },
          ]
        : [];
}
