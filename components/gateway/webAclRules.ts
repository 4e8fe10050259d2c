import type { wafv2 as input } from "@pulumi/aws/types/input";

export type Rule = input.WebAclRule;
type RateBasedStatement = input.WebAclRuleStatementRateBasedStatement;

/** Windows that WAF offers are 60, 120, 300 and 600 seconds. */
export const windowSeconds = 60;
export const tooManyRequests = "too-many-requests";
export const contentTooLarge = "content-too-large";

/** What WAF reads of a body by default, so that nothing passes unread. Source: AWS WAF, "Oversize web request components". */
export const maximumBodyBytes = 16 * 1024;

/** The managed group's own limit, 8 KB, which answers without saying why. */
const managedBodyLimit = "SizeRestrictions_BODY";

export function rateRule(name: string, priority: number, rateBasedStatement: RateBasedStatement): Rule {
    return {
        name,
        priority,
        action: {
            block: {
                customResponse: {
                    responseCode: 429,
                    customResponseBodyKey: tooManyRequests,
                    responseHeaders: [{ name: "Retry-After", value: String(windowSeconds) }],
                },
            },
        },
        statement: { rateBasedStatement },
        visibilityConfig: visibility(name),
    };
}

/** Bodies that are larger, or that WAF cannot read to the end. */
export function bodySizeRule(priority: number): Rule {
    const name = "body-size";
    return {
        name,
        priority,
        action: { block: { customResponse: { responseCode: 413, customResponseBodyKey: contentTooLarge } } },
        statement: {
            sizeConstraintStatement: {
                comparisonOperator: "GT",
                size: maximumBodyBytes,
                fieldToMatch: { body: { oversizeHandling: "MATCH" } },
                textTransformations: [{ priority: 0, type: "NONE" }],
            },
        },
        visibilityConfig: visibility(name),
    };
}

export function commonRules(priority: number): Rule {
    const overrides = [{ name: managedBodyLimit, actionToUse: { count: {} } }];
    return managedRules("common", priority, "AWSManagedRulesCommonRuleSet", overrides);
}

export function managedRules(
    name: string,
    priority: number,
    group: string,
    ruleActionOverrides?: input.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverride[],
): Rule {
    const overrides = ruleActionOverrides === undefined ? {} : { ruleActionOverrides };
    return {
        name,
        priority,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: "AWS", name: group, ...overrides } },
        visibilityConfig: visibility(name),
    };
}

/** Sampled requests would show tokens and keys to whoever may look at the console. */
export function visibility(metricName: string): input.WebAclVisibilityConfig {
    return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
