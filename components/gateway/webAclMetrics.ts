import type * as wafv2 from "@pulumi/aws/wafv2";
import { memberOf } from "./openapi/json";

/** A Web ACL's names in CloudWatch. */
export interface WebAclMetrics {
    readonly name: string;
    /** Rules that answer 429. */
    readonly rateRules: readonly string[];
}

/** A rule that is not known yet has no name. */
export function webAclMetrics({ rules, visibilityConfig }: wafv2.WebAclArgs): WebAclMetrics {
    const all: readonly unknown[] = Array.isArray(rules) ? rules : [];
    const refusing = all.filter(
        (rule) => memberOf(rule, "action", "block", "customResponse", "responseCode") === 429,
    );
    return {
        name: textOf(memberOf(visibilityConfig, "metricName")),
        rateRules: refusing.map((rule) => textOf(memberOf(rule, "visibilityConfig", "metricName"))),
    };
}

function textOf(value: unknown): string {
    return typeof value === "string" ? value : "";
}
