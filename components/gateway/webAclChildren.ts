import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as wafv2 from "@pulumi/aws/wafv2";
import type * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../placement";
import { transformed, type Transform } from "../transform";

export interface WebAclTransform {
    readonly webAcl?: Transform<wafv2.WebAclArgs>;
    readonly webAclLogs?: Transform<cloudwatch.LogGroupArgs>;
    readonly webAclLogging?: Transform<wafv2.WebAclLoggingConfigurationArgs>;
}

export interface WebAclNodes {
    readonly webAcl: wafv2.WebAcl;
    readonly webAclLogs: cloudwatch.LogGroup;
    readonly webAclLogging: wafv2.WebAclLoggingConfiguration;
}

/**
 * The Web ACL, its arguments transformed already, with a log of what it refused; its data protection has hashed the credentials
 * before. What it allowed stands in the access logs. WAF takes only log groups whose names begin with `aws-waf-logs-`.
 */
export function createWebAcl(
    name: string,
    args: wafv2.WebAclArgs,
    { kmsKeyArn, logRetentionDays, prefix }: Placement,
    transform: Omit<WebAclTransform, "webAcl">,
    opts: pulumi.CustomResourceOptions,
): WebAclNodes {
    const webAcl = new wafv2.WebAcl(`${name}-web-acl`, args, opts);
    const logs: cloudwatch.LogGroupArgs = {
        name: `aws-waf-logs-${prefix}`,
        retentionInDays: logRetentionDays,
        kmsKeyId: kmsKeyArn,
    };
    const webAclLogs = new cloudwatch.LogGroup(
        `${name}-web-acl-logs`,
        transformed(logs, transform.webAclLogs),
        opts,
    );
    // The rules that tell origins apart count nearly every request; managed rules that only count are EXCLUDED_AS_COUNT.
    const keep = ["BLOCK", "EXCLUDED_AS_COUNT"].map((action) => ({
        behavior: "KEEP",
        requirement: "MEETS_ANY",
        conditions: [{ actionCondition: { action } }],
    }));
    const logging: wafv2.WebAclLoggingConfigurationArgs = {
        resourceArn: webAcl.arn,
        logDestinationConfigs: [webAclLogs.arn],
        loggingFilter: { defaultBehavior: "DROP", filters: keep },
    };
    const webAclLogging = new wafv2.WebAclLoggingConfiguration(
        `${name}-web-acl-logging`,
        transformed(logging, transform.webAclLogging),
        opts,
    );
    return { webAcl, webAclLogs, webAclLogging };
}
