import type * as wafv2 from "@pulumi/aws/wafv2";
import { expect } from "chai";
import { checkWebAcl, unitsOf } from "../../../components/gateway/checkWebAcl";
import { resolveLimits } from "../../../components/gateway/limits";
import { webAclArgs } from "../../../components/gateway/webAcl";
import { describeIssue } from "../../../components/model/issues";

function aclOf(origins: readonly string[]): wafv2.WebAclArgs {
    return webAclArgs("traffic-test", { limits: resolveLimits(), origins });
}

function issuesOf(acl: wafv2.WebAclArgs): readonly string[] {
    return checkWebAcl(acl).map(describeIssue);
}

describe("checkWebAcl", () => {
    const withOrigins = (count: number): readonly string[] =>
        issuesOf(aclOf(Array.from({ length: count }, (_, index) => `https://shop-${index}.example`)));

    it("counts what AWS documents for each statement", () => {
        expect(unitsOf(aclOf(["https://shop.example"]).rules)).to.equal(
            // Two managed groups; two rate rules, one with a key of its own; five sizes, two texts. Each with its transformation.
            700 + 200 + (2 + 30 + 10) + 2 + 5 * (1 + 10) + 2 * (2 + 10),
        );
    });

    it("accepts 12 origins, and refuses what AWS would refuse before anything is made", () => {
        expect(withOrigins(12)).to.deep.equal([]);
        expect(withOrigins(13)).to.deep.equal([
            'webAcl.rules is "101 headers in custom responses"; use at most 100: fewer allowedOrigins',
        ]);
    });

    it("sees what a transform added", () => {
        const managed = (name: string): object => ({ statement: { managedRuleGroupStatement: { name } } });
        const rated = Array.from({ length: 11 }, () => ({
            statement: { rateBasedStatement: { limit: 10 } },
        }));
        const groups = [
            "AWSManagedRulesCommonRuleSet",
            "AWSManagedRulesCommonRuleSet",
            "AWSManagedRulesKnownBadInputsRuleSet",
        ];
        const rules = [...rated, ...groups.map(managed)];
        expect(issuesOf({ rules } as unknown as wafv2.WebAclArgs)).to.deep.equal([
            'webAcl.rules is "1622 capacity units"; use at most 1500',
            'webAcl.rules is "11 rate-based rules"; use at most 10',
        ]);
    });
});
