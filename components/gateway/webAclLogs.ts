import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as wafv2 from "@pulumi/aws/wafv2";
import type * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../placement";
import { transformed, type Transform } from "../transform";

export interface WebAclLogsTransform {
    readonly logGroup?: Transform<cloudwatch.LogGroupArgs> | undefined;
    readonly logging?: Transform<wafv2.WebAclLoggingConfigurationArgs> | undefined;
}

/**
 * What the Web ACL refused or counted; its data protection has hashed the credentials before. What it allowed stands in the access
 * logs. WAF takes only log groups whose names begin with `aws-waf-logs-`.
 */
export function createWebAclLogs(
    name: string,
    webAcl: wafv2.WebAcl,
    { kmsKeyArn, logRetentionDays, prefix }: Placement,
    transform: WebAclLogsTransform,
    opts: pulumi.CustomResourceOptions,
): void {
    const groupArgs: cloudwatch.LogGroupArgs = {
        name: `aws-waf-logs-${prefix}`,
        retentionInDays: logRetentionDays,
        kmsKeyId: kmsKeyArn,
    };
    const group = new cloudwatch.LogGroup(
        `${name}-web-acl-logs`,
        transformed(groupArgs, transform.logGroup),
        opts,
    );
    const keep = ["BLOCK", "COUNT"].map((action) => ({
        behavior: "KEEP",
        requirement: "MEETS_ANY",
        conditions: [{ actionCondition: { action } }],
    }));
    const logging: wafv2.WebAclLoggingConfigurationArgs = {
        resourceArn: webAcl.arn,
        logDestinationConfigs: [group.arn],
        loggingFilter: { defaultBehavior: "DROP", filters: keep },
    };
    new wafv2.WebAclLoggingConfiguration(
        `${name}-web-acl-logging`,
        transformed(logging, transform.logging),
        opts,
    );
}
