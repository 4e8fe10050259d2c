import type { wafv2 as input } from "@pulumi/aws/types/input";
import type * as wafv2 from "@pulumi/aws/wafv2";
import type { RequestLimits } from "./limits";

type Rule = input.WebAclRule;
type RateBasedStatement = input.WebAclRuleStatementRateBasedStatement;

/** Windows that WAF offers are 60, 120, 300 and 600 seconds. */
const windowSeconds = 60;
const tooManyRequests = "too-many-requests";
const credentialHeaders = ["authorization", "x-api-key", "cookie"];

const refuse = {
    block: {
        customResponse: {
            responseCode: 429,
            customResponseBodyKey: tooManyRequests,
            responseHeaders: [{ name: "Retry-After", value: String(windowSeconds) }],
        },
    },
};

/**
 * The Regional Web ACL of all stages. WAF runs before authorization: a credential here is any value of the header, so the
 * rule per address stands behind it, over all requests. Both count in steps of about 10 seconds (ADR-003, "Rate Limiting").
 * Source: AWS WAF developer guide, "Rate-based rule statement".
 */
export function webAclArgs(prefix: string, limits: Required<RequestLimits>): wafv2.WebAclArgs {
    return {
        name: prefix,
        description: "Rate limits and managed rules of the public APIs",
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules: [
            rateRule("per-credential", 0, {
                limit: limits.perCredential,
                evaluationWindowSec: windowSeconds,
                aggregateKeyType: "CUSTOM_KEYS",
                customKeys: [
                    {
                        header: {
                            name: "authorization",
                            textTransformations: [{ priority: 0, type: "NONE" }],
                        },
                    },
                ],
            }),
            rateRule("per-address", 1, {
                limit: limits.perAddress,
                evaluationWindowSec: windowSeconds,
                aggregateKeyType: "IP",
            }),
            managedRules("common", 2, "AWSManagedRulesCommonRuleSet"),
            managedRules("known-bad-inputs", 3, "AWSManagedRulesKnownBadInputsRuleSet"),
        ],
        customResponseBodies: [
            {
                key: tooManyRequests,
                contentType: "APPLICATION_JSON",
                content: JSON.stringify({
                    type: "about:blank",
                    title: "Too Many Requests",
                    status: 429,
                    detail: "Wait as long as Retry-After says, then try again.",
                }),
            },
        ],
        dataProtectionConfig: {
            dataProtections: [
                {
                    action: "HASH",
                    field: { fieldType: "SINGLE_HEADER", fieldKeys: credentialHeaders },
                    excludeRateBasedDetails: false,
                    excludeRuleMatchDetails: false,
                },
            ],
        },
        visibilityConfig: visibility(prefix),
    };
}

function rateRule(name: string, priority: number, rateBasedStatement: RateBasedStatement): Rule {
    return {
        name,
        priority,
        action: refuse,
        statement: { rateBasedStatement },
        visibilityConfig: visibility(name),
    };
}

function managedRules(name: string, priority: number, group: string): Rule {
    return {
        name,
        priority,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: "AWS", name: group } },
        visibilityConfig: visibility(name),
    };
}

/** Sampled requests would show tokens and keys to whoever may look at the console. */
function visibility(metricName: string): input.WebAclVisibilityConfig {
    return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
