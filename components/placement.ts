import type * as pulumi from "@pulumi/pulumi";

/** Where a stack lives: plain where names are built from it, so that policies can read them at preview. */
export interface Placement {
    /** Beginning of every physical name, for example `traffic-dev`. */
    readonly prefix: string;
    /** AWS region, for example `eu-central-1`. */
    readonly region: string;
    /** The account, 12 digits. */
    readonly accountId: pulumi.Input<string>;
    /** `aws`, `aws-cn` or `aws-us-gov`. */
    readonly partition: pulumi.Input<string>;
    /** Permission boundary of every role. @default none */
    readonly permissionsBoundaryArn?: string;
    /** Customer-managed KMS key for logs and parameters. */
    readonly kmsKeyArn: pulumi.Input<string>;
    /** Days for which logs are kept. */
    readonly logRetentionDays: number;
    /** Refuse to delete what must not be lost. */
    readonly protect: boolean;
}
