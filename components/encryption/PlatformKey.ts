import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";

export interface PlatformKeyArgs {
    /** Beginning of physical names, for example `traffic-dev`. */
    readonly prefix: string;
    /** Region whose logs it encrypts, for example `eu-central-1`. */
    readonly region: string;
    /** The account, 12 digits. */
    readonly accountId: pulumi.Input<string>;
    /** `aws`, `aws-cn` or `aws-us-gov`. */
    readonly partition: pulumi.Input<string>;
    /** Refuse to delete the key: without it logs and parameters cannot be read any more. */
    readonly protect: boolean;
}

/** The customer-managed key that encrypts the stack's logs and parameters; rotated every year. */
export class PlatformKey extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: PlatformKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:encryption:PlatformKey", name, {}, opts);
        const key = new kms.Key(
            name,
            {
                description: `Logs and parameters of ${args.prefix}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: keyPolicy(args),
            },
            { parent: this, protect: args.protect },
        );
        new kms.Alias(
            `${name}-alias`,
            { name: `alias/${args.prefix}`, targetKeyId: key.keyId },
            { parent: this },
        );
        this.arn = key.arn;
        this.registerOutputs({ arn: this.arn });
    }
}

/**
 * The account administers the key through IAM; CloudWatch Logs may use it for this stack's log groups only. API Gateway gives
 * the groups of execution logs names that hold an API's id, which no policy can know before the API is there.
 * CloudWatch's alarms may use it to publish to encrypted topics, which they cannot do with AWS's own key.
 * In a key policy the resource `*` means this key. Source: CloudWatch Logs user guide, "Encrypt log data"; SNS developer guide,
 * "Enable compatibility between event sources from AWS services and encrypted topics".
 */
function keyPolicy({ accountId, partition, prefix, region }: PlatformKeyArgs): pulumi.Output<string> {
    const logGroups = [`*${prefix}*`, "API-Gateway-Execution-Logs_*"];
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "AccountAdministers",
                Effect: "Allow",
                Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
                Action: "kms:*",
                Resource: "*",
            },
            {
                Sid: "LogsOfThisStack",
                Effect: "Allow",
                Principal: { Service: `logs.${region}.amazonaws.com` },
                Action: [
                    "kms:Encrypt",
                    "kms:Decrypt",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo",
                    "kms:GenerateDataKey",
                    "kms:DescribeKey",
                ],
                Resource: "*",
                Condition: {
                    ArnLike: {
                        "kms:EncryptionContext:aws:logs:arn": logGroups.map(
                            (name) =>
                                pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:${name}`,
                        ),
                    },
                },
            },
            {
                Sid: "AlarmsOfThisAccount",
                Effect: "Allow",
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                Resource: "*",
                Condition: { StringEquals: { "aws:SourceAccount": accountId } },
            },
        ],
    });
}
