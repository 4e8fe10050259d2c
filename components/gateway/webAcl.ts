import type { wafv2 as input } from "@pulumi/aws/types/input";
import type * as wafv2 from "@pulumi/aws/wafv2";
import type { RequestLimits } from "./limits";
import {
    bodySizeRule,
    commonRules,
    contentTooLarge,
    managedRules,
    maximumBodyBytes,
    rateRule,
    tooManyRequests,
    visibility,
    windowSeconds,
} from "./webAclRules";

const credentialHeaders = ["authorization", "x-api-key", "cookie"];

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
            bodySizeRule(2),
            commonRules(3),
            managedRules("known-bad-inputs", 4, "AWSManagedRulesKnownBadInputsRuleSet"),
        ],
        customResponseBodies: [
            problemBody(tooManyRequests, {
                title: "Too Many Requests",
                status: 429,
                detail: "Wait as long as Retry-After says, then try again.",
            }),
            problemBody(contentTooLarge, {
                title: "Content Too Large",
                status: 413,
                detail: `A request body has at most ${maximumBodyBytes} bytes.`,
            }),
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

/** RFC 9457 in a fixed text: WAF's answers do not pass through the gateway's, and their content type is one of WAF's three. */
function problemBody(
    key: string,
    problem: { readonly title: string; readonly status: number; readonly detail: string },
): input.WebAclCustomResponseBody {
    return {
        key,
        contentType: "APPLICATION_JSON",
        content: JSON.stringify({ type: "about:blank", ...problem }),
    };
}
