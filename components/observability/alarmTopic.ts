import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../placement";
import { transformed } from "../transform";
import type { TrafficObservabilityTransform } from "./observabilityArgs";

/** Where alarms go. Encrypted with the platform's key: CloudWatch cannot use AWS's own for SNS. */
export function createAlarmTopic(
    name: string,
    placement: Placement,
    transform: TrafficObservabilityTransform,
    opts: pulumi.CustomResourceOptions,
): sns.Topic {
    const topicName = `${placement.prefix}-alarms`;
    const topic: sns.TopicArgs = {
        name: topicName,
        displayName: `Alarms of ${placement.prefix}`,
        kmsMasterKeyId: placement.kmsKeyArn,
        policy: topicPolicy(topicName, placement),
    };
    return new sns.Topic(`${name}-alarms`, transformed(topic, transform.topic), opts);
}

export function createSubscriptions(
    name: string,
    topic: sns.Topic,
    emails: readonly string[],
    transform: TrafficObservabilityTransform,
    opts: pulumi.CustomResourceOptions,
): readonly sns.TopicSubscription[] {
    return emails.map((endpoint) => {
        const subscription: sns.TopicSubscriptionArgs = { topic: topic.arn, protocol: "email", endpoint };
        return new sns.TopicSubscription(
            `${name}-to-${endpoint}`,
            transformed(subscription, transform.subscription),
            opts,
        );
    });
}

/** This account's alarms publish, over TLS. Source: SNS developer guide, "Example cases for Amazon SNS access control". */
function topicPolicy(topicName: string, placement: Placement): pulumi.Output<string> {
    const { accountId, partition, region } = placement;
    const topicArn = pulumi.interpolate`arn:${partition}:sns:${region}:${accountId}:${topicName}`;
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "AlarmsPublish",
                Effect: "Allow",
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Action: "sns:Publish",
                Resource: topicArn,
                Condition: { StringEquals: { "aws:SourceAccount": accountId } },
            },
            {
                Sid: "NothingInPlainText",
                Effect: "Deny",
                Principal: "*",
                Action: "sns:Publish",
                Resource: topicArn,
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ],
    });
}
