import type * as wafv2 from "@pulumi/aws/wafv2";
import type { RequestLimits } from "./limits";
import {
    bodyRefusals,
    credentialHeader,
    originRules,
    rateRefusals,
    readableBy,
    retryAfter,
} from "./webAclOrigins";
import { problemBodies } from "./webAclProblems";
import { blockRule, managedRules, visibility, type Rule } from "./webAclRules";
import {
    either,
    hasHeader,
    oversizeBody,
    tooManyPerAddress,
    tooManyPerHeader,
    uncheckedBody,
} from "./webAclStatements";

export interface WebAclSettings {
    readonly limits: Required<RequestLimits>;
    /** Browser origins that may read refusals. */
    readonly origins: readonly string[];
}

const credentialHeaders = [credentialHeader, "x-api-key", "cookie"];
/** The managed group's own limit, 8 KB, which answers without saying why. */
const managedBodyLimit = "SizeRestrictions_BODY";

/**
 * The Regional Web ACL of all stages. WAF runs before authorization: a credential here is any value of the header, so the
 * rule per address stands behind it, over all requests. Both count in steps of about 10 seconds (ADR-003, "Rate Limiting").
 * Source: AWS WAF developer guide, "Rate-based rule statement".
 */
export function webAclArgs(prefix: string, { limits, origins }: WebAclSettings): wafv2.WebAclArgs {
    return {
        name: prefix,
        description: "Rate limits and managed rules of the public APIs",
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules: [
            ...originRules(origins),
            ...rateRefusals(origins, limits),
            ...rateLimits(origins, limits),
            ...bodyRefusals(origins),
            ...requestForm(origins),
            managedRules("common", "AWSManagedRulesCommonRuleSet", [managedBodyLimit]),
            managedRules("known-bad-inputs", "AWSManagedRulesKnownBadInputsRuleSet"),
        ].map((rule, priority) => ({ ...rule, priority })),
        customResponseBodies: [...problemBodies],
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

function rateLimits(
    [first]: readonly string[],
    { perAddress, perCredential }: Required<RequestLimits>,
): readonly Rule[] {
    const headers = [retryAfter, ...readableBy(first)];
    const perHeader = tooManyPerHeader(credentialHeader, perCredential);
    return [
        blockRule("per-credential", perHeader, "too-many-requests", headers),
        blockRule("per-address", tooManyPerAddress(perAddress), "too-many-requests", headers),
    ];
}

/**
 * A body that WAF can read whole and API Gateway holds against its model, and no identity of the client's own making: the gateway overwrites
 * these headers, and nothing should depend on how it treats another spelling or an absent claim.
 */
function requestForm([first]: readonly string[]): readonly Rule[] {
    const clientIdentity = either(hasHeader("x-user-id"), hasHeader("x-consumer-id"));
    return [
        blockRule("body-size", oversizeBody, "content-too-large", readableBy(first)),
        blockRule("body-form", uncheckedBody, "body-form", readableBy(first)),
        blockRule("client-identity", clientIdentity, "client-identity", readableBy(first)),
    ];
}
