import { expect } from "chai";
import { rateLimit } from "../../../policies/rules/rateLimit";
import { edited, type Step } from "../support/edit";
import { rateRule, shop } from "../support/shop";
import { unknownText, type TestResource } from "../support/stack";
import { findings } from "../support/table";

const rule = rateLimit();
const statement = ["statement", "rateBasedStatement"];
const perCredential =
    'required a rule that blocks more than 1000 requests per "authorization" header and minute, over all requests, ahead of any rule that can allow';
const perAddress =
    "required a rule that blocks more than 2000 requests per IP address and minute, over all requests, ahead of any rule that can allow";

function withAcl(change: (acl: TestResource) => TestResource): TestResource[] {
    return shop().map((resource) => (resource.name === "edge" ? change(resource) : resource));
}

const inRule = (index: number, path: readonly Step[], value: unknown): TestResource[] =>
    withAcl((acl) => edited(acl, ["props", "rules", index, ...path], value));

const changes: readonly (readonly [string, number, readonly Step[], unknown, string])[] = [
    ["a looser limit", 0, [...statement, "limit"], 1001, perCredential],
    ["a limit that is unknown", 0, [...statement, "limit"], unknownText, perCredential],
    [
        "the same rate over a longer window",
        0,
        statement,
        {
            limit: 5000,
            evaluationWindowSec: 300,
            aggregateKeyType: "CUSTOM_KEYS",
            customKeys: [{ header: { name: "authorization" } }],
        },
        perCredential,
    ],
    ["a rule that only counts", 0, ["action"], { count: {} }, perCredential],
    ["an action that is unknown", 0, ["action", "allow"], unknownText, perCredential],
    [
        "some requests only",
        0,
        [...statement, "scopeDownStatement"],
        { byteMatchStatement: {} },
        perCredential,
    ],
    ["another header", 0, [...statement, "customKeys", 0, "header", "name"], "x-api-key", perCredential],
    ["a credential together with an address", 0, [...statement, "customKeys", 1], { ip: {} }, perCredential],
    ["no rule for credentials", 0, [], undefined, perCredential],
    ["a looser limit for addresses", 1, [...statement, "limit"], 3000, perAddress],
    ["addresses that the client states", 1, [...statement, "aggregateKeyType"], "FORWARDED_IP", perAddress],
    [
        "addresses of some requests",
        1,
        [...statement, "scopeDownStatement"],
        { byteMatchStatement: {} },
        perAddress,
    ],
    ["no rule for addresses", 1, [], undefined, perAddress],
];

describe("A stage's Web ACL", () => {
    for (const [title, index, path, value, required] of changes) {
        it(`must not have ${title}`, async () => {
            const found = await findings(rule, inRule(index, path, value));
            expect(found.filter((line) => line.endsWith(required))).to.have.length(1);
        });
    }

    it("must not let anybody past ahead of the limits", async () => {
        const vip = {
            name: "vip",
            priority: 0,
            action: { allow: {} },
            statement: { ipSetReferenceStatement: {} },
        };
        const found = await findings(rule, inRule(2, [], vip));
        expect(found.map((line) => line.slice(line.indexOf("; required") + 2))).to.deep.equal([
            perCredential,
            perAddress,
        ]);
        expect(found[0]).to.equal(
            `Web ACL "edge": found "vip" (no rate limit, allow, after a rule that can allow); "credential" (1000 in 60 s per "CUSTOM_KEYS", block, after a rule that can allow); "address" (2000 in 60 s per "IP", block, after a rule that can allow); ${perCredential}`,
        );
    });

    for (const [title, group] of [
        ["a rule group of one's own", { ruleGroupReferenceStatement: { arn: unknownText } }],
        ["a vendor's rule group", { managedRuleGroupStatement: { vendorName: "Someone", name: "x" } }],
        [
            "AWS's rule group with a rule turned to allow",
            {
                managedRuleGroupStatement: {
                    vendorName: "AWS",
                    name: "x",
                    ruleActionOverrides: [{ name: "y", actionToUse: { allow: {} } }],
                },
            },
        ],
    ] as const) {
        it(`must not have ${title} ahead of the limits`, async () => {
            const first = { name: "group", priority: 0, overrideAction: { none: {} }, statement: group };
            expect(await findings(rule, inRule(2, [], first))).to.have.length(2);
        });
    }

    it("may have other rules ahead of the limits that cannot allow", async () => {
        const group = {
            managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
        };
        const first = { name: "common", priority: 0, overrideAction: { none: {} }, statement: group };
        expect(await findings(rule, inRule(2, [], first))).to.deep.equal([]);
    });

    it("may allow after the limits, and be stricter", async () => {
        const later = {
            name: "vip",
            priority: 9,
            action: { allow: {} },
            statement: { ipSetReferenceStatement: {} },
        };
        expect(await findings(rule, inRule(2, [], later))).to.deep.equal([]);
        const stricter = rateRule("address", 2, {
            limit: 500,
            evaluationWindowSec: 300,
            aggregateKeyType: "IP",
        });
        expect(await findings(rule, inRule(1, [], stricter))).to.deep.equal([]);
    });

    it("must not hold its rules as JSON, where they would go unread", async () => {
        const json = withAcl((acl) => edited(acl, ["props", "ruleJson"], "[]"));
        expect(await findings(rule, json)).to.deep.equal([
            'ruleJson: found "[]"; required nothing: the rules in `rules`',
        ]);
    });

    it("must have rules that are known", async () => {
        expect(
            await findings(
                rule,
                withAcl((acl) => edited(acl, ["props", "rules"], unknownText)),
            ),
        ).to.deep.equal([
            "rules: found a value that is unknown until it is deployed; required a list that is known at preview",
        ]);
    });
});

describe("A stage's association with a Web ACL", () => {
    const isAssociation = ({ type }: TestResource): boolean => type.endsWith("WebAclAssociation");
    const required = "required exactly one WebAclAssociation whose resourceArn is the stage's arn";

    it("must be there", async () => {
        expect(
            await findings(
                rule,
                shop().filter((resource) => !isAssociation(resource)),
            ),
        ).to.deep.equal([`Web ACL: found no association; ${required}`]);
    });

    it("must be the only one", async () => {
        const second = { ...shop().find(isAssociation)!, name: "second" };
        expect(await findings(rule, [...shop(), second])).to.deep.equal([
            `Web ACL: found 2 associations; ${required}`,
        ]);
    });

    it("must name the Web ACL that it was made from, once that is known", async () => {
        const deployed = shop().map((resource) =>
            isAssociation(resource)
                ? edited(resource, ["props", "webAclArn"], "arn:other")
                : resource.name === "edge"
                  ? edited(resource, ["props", "arn"], "arn:edge")
                  : resource,
        );
        expect(await findings(rule, deployed)).to.deep.equal([
            'webAclArn: found "arn:other"; required the value of aws:wafv2/webAcl:WebAcl "edge", from which it claims to be made',
        ]);
    });

    it("must name the stage that it was made from, once that is known", async () => {
        const deployed = shop().map((resource) =>
            isAssociation(resource)
                ? edited(resource, ["props", "resourceArn"], "arn:other")
                : resource.type.endsWith(":Stage")
                  ? edited(resource, ["props", "arn"], "arn:stage")
                  : resource,
        );
        const [finding, ...others] = await findings(rule, deployed);
        expect(others).to.deep.equal([]);
        expect(finding).to.match(/^resourceArn: found "arn:other"/);
    });
});
