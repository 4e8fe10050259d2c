import type * as wafv2 from "@pulumi/aws/wafv2";
import { Issues, type Issue } from "../model/issues";
import { isObject, memberOf } from "./openapi/json";

/**
 * Capacity units, of which 1,500 are in the price of a Web ACL; rate-based rules; headers in all custom answers together. Source: AWS
 * WAF, "AWS WAF quotas", "AWS WAF Pricing".
 */
const quotas = { capacity: 1500, rateRules: 10, responseHeaders: 100 };

/** Units of a statement by its kind, each transformation at its full price. Source: the statements' own pages in AWS WAF's guide. */
const units: Readonly<Record<string, number>> = {
    byteMatchStatement: 2,
    sizeConstraintStatement: 1,
    labelMatchStatement: 1,
    rateBasedStatement: 2,
};
const [perTransformation, perCustomKey] = [10, 30];
const managedUnits: Readonly<Record<string, number>> = {
    AWSManagedRulesCommonRuleSet: 700,
    AWSManagedRulesKnownBadInputsRuleSet: 200,
};

/** What AWS would refuse, or charge extra for, only when it makes the Web ACL. A rule that is not known yet counts nothing. */
export function checkWebAcl({ rules }: wafv2.WebAclArgs): readonly Issue[] {
    const issues = new Issues();
    const all: readonly unknown[] = Array.isArray(rules) ? rules : [];
    const capacity = all.reduce<number>((sum, rule) => sum + unitsOf(rule), 0);
    issues.require(
        capacity <= quotas.capacity,
        "webAcl.rules",
        `${capacity} capacity units`,
        `at most ${quotas.capacity}`,
    );
    const rated = all.filter((rule) => memberOf(rule, "statement", "rateBasedStatement") !== undefined);
    issues.require(
        rated.length <= quotas.rateRules,
        "webAcl.rules",
        `${rated.length} rate-based rules`,
        `at most ${quotas.rateRules}`,
    );
    const headers = all.flatMap(
        (rule) => memberOf(rule, "action", "block", "customResponse", "responseHeaders") ?? [],
    );
    issues.require(
        headers.length <= quotas.responseHeaders,
        "webAcl.rules",
        `${headers.length} headers in custom responses`,
        `at most ${quotas.responseHeaders}: fewer allowedOrigins`,
    );
    return issues.all;
}

/** The sum over everything inside: a statement that joins others costs what they cost. */
export function unitsOf(value: unknown): number {
    if (Array.isArray(value)) {
        return value.reduce<number>((sum, each) => sum + unitsOf(each), 0);
    }
    if (!isObject(value)) {
        return 0;
    }
    return Object.entries(value).reduce<number>(
        (sum, [key, inner]) => sum + ownUnits(key, inner) + unitsOf(inner),
        0,
    );
}

function ownUnits(key: string, inner: unknown): number {
    const count = Array.isArray(inner) ? inner.length : 0;
    switch (key) {
        case "textTransformations":
            return count * perTransformation;
        case "customKeys":
            return count * perCustomKey;
        case "managedRuleGroupStatement":
            return managedUnits[String(memberOf(inner, "name"))] ?? 0;
        default:
            return units[key] ?? 0;
    }
}
