import type { wafv2 as input } from "@pulumi/aws/types/input";
import type * as wafv2 from "@pulumi/aws/wafv2";
import { largestBody } from "../model/bodies";
import type { RequestLimits } from "./limits";
import {
    bodyRefusals,
    contentTooLarge,
    credentialHeader,
    originRules,
    rateRefusals,
    readableBy,
    retryAfter,
    tooManyRequests,
} from "./webAclOrigins";
import { blockRule, managedRules, visibility, type Rule } from "./webAclRules";
import { either, hasHeader, oversizeBody, tooManyPerAddress, tooManyPerHeader } from "./webAclStatements";

export interface WebAclSettings {
    readonly limits: Required<RequestLimits>;
    /** Browser origins that may read refusals. */
    readonly origins: readonly string[];
}

const credentialHeaders = [credentialHeader, "x-api-key", "cookie"];
const compressedBody = "compressed-body";
const clientIdentity = "client-identity";
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
        customResponseBodies: [
            problemBody(
                tooManyRequests,
                429,
                "Too Many Requests",
                "Wait as long as Retry-After says, then try again.",
            ),
            problemBody(
                contentTooLarge,
                413,
                "Content Too Large",
                `A request body has at most ${largestBody.client} bytes.`,
            ),
            problemBody(
                compressedBody,
                415,
                "Unsupported Media Type",
                "Send the body without Content-Encoding.",
            ),
            problemBody(
                clientIdentity,
                403,
                "Forbidden",
                "The headers x-user-id and x-consumer-id are the gateway's own.",
            ),
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

function rateLimits(
    [first]: readonly string[],
    { perAddress, perCredential }: Required<RequestLimits>,
): readonly Rule[] {
    const answer = { status: 429, body: tooManyRequests, headers: [retryAfter, ...readableBy(first)] };
    return [
        blockRule("per-credential", tooManyPerHeader(credentialHeader, perCredential), answer),
        blockRule("per-address", tooManyPerAddress(perAddress), answer),
    ];
}

/**
 * A body that WAF can read whole and as it is, and no identity of the client's own making: the gateway overwrites these headers, and nothing
 * should depend on how it treats another spelling or an absent claim. No page can send either: the preflight allows neither header.
 */
function requestForm([first]: readonly string[]): readonly Rule[] {
    return [
        blockRule("body-size", oversizeBody, {
            status: 413,
            body: contentTooLarge,
            headers: readableBy(first),
        }),
        blockRule(compressedBody, hasHeader("content-encoding"), { status: 415, body: compressedBody }),
        blockRule(clientIdentity, either(hasHeader("x-user-id"), hasHeader("x-consumer-id")), {
            status: 403,
            body: clientIdentity,
        }),
    ];
}

/** RFC 9457 in a fixed text; its content type is one of WAF's three. */
function problemBody(
    key: string,
    status: number,
    title: string,
    detail: string,
): input.WebAclCustomResponseBody {
    return {
        key,
        contentType: "APPLICATION_JSON",
        content: JSON.stringify({ type: "about:blank", title, status, detail }),
    };
}
