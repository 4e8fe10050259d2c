import { expect } from "chai";
import { firewallAnswer } from "../../support/firewall";
import { aclOf, overLimit, rulesOf } from "./support";

// What AWS WAF makes of these rules is not proven here: see docs/unproven.md.

const shop = "https://shop.example";
const admin = "https://admin.shop.example";

describe("The Web ACL", () => {
    const acl = aclOf([shop]);

    it('limits each credential and each address, over all requests: ADR-003, "Rate Limiting (1000 requests/minute per user)"', () => {
        const rates = rulesOf(acl).filter(({ statement }) => "rateBasedStatement" in (statement as object));
        expect(rates.map(({ name, statement }) => [name, statement])).to.deep.equal([
            [
                "per-credential",
                {
                    rateBasedStatement: {
                        limit: 1000,
                        evaluationWindowSec: 60,
                        aggregateKeyType: "CUSTOM_KEYS",
                        customKeys: [
                            {
                                header: {
                                    name: "authorization",
                                    textTransformations: [{ priority: 0, type: "NONE" }],
                                },
                            },
                        ],
                    },
                },
            ],
            [
                "per-address",
                {
                    rateBasedStatement: {
                        limit: 2000,
                        evaluationWindowSec: 60,
                        aggregateKeyType: "IP",
                    },
                },
            ],
        ]);
    });

    it("refuses the request after the limit with problem details and Retry-After, and none before", () => {
        expect(firewallAnswer(acl, { ...overLimit, perCredential: 1000 }).refusedBy).to.equal(undefined);
        const problem = {
            type: "about:blank",
            title: "Too Many Requests",
            status: 429,
            detail: "Wait as long as Retry-After says, then try again.",
        };
        for (const request of [overLimit, { perAddress: 2001 }]) {
            const answer = firewallAnswer(acl, request);
            expect(answer).to.deep.include({ status: 429, body: problem });
            expect(answer.headers).to.deep.include({ "Retry-After": "60" });
        }
    });

    it("does not let random credentials slip through: their address is counted", () => {
        const random = { headers: { authorization: "Bearer x" }, perCredential: 1, perAddress: 2001 };
        expect(firewallAnswer(acl, random).refusedBy).to.equal("per-address");
    });

    it('refuses bodies that it cannot read whole: ADR-003, "Request Validation"', () => {
        const headers = { "content-type": "application/json" };
        expect(firewallAnswer(acl, { headers, bodyBytes: 16_384 }).refusedBy).to.equal(undefined);
        const answer = firewallAnswer(acl, { headers, bodyBytes: 16_385 });
        expect(answer.body).to.deep.equal({
            type: "about:blank",
            title: "Content Too Large",
            status: 413,
            detail: "A request body has at most 16384 bytes.",
        });
        const rule = rulesOf(acl).find(({ name }) => name === "body-size");
        expect(rule?.statement).to.deep.include({
            sizeConstraintStatement: {
                comparisonOperator: "GT",
                size: 16_384,
                fieldToMatch: { body: { oversizeHandling: "MATCH" } },
                textTransformations: [{ priority: 0, type: "NONE" }],
            },
        });
    });

    it("refuses bodies that no model would be held against: of another type, or compressed", () => {
        const answerTo = (headers: Record<string, string>): ReturnType<typeof firewallAnswer> =>
            firewallAnswer(acl, { headers, bodyBytes: 10 });
        for (const type of [
            "application/json",
            "application/json; charset=utf-8",
            "application/json;charset=UTF-8",
        ]) {
            expect(answerTo({ "content-type": type }).refusedBy, type).to.equal(undefined);
        }
        for (const headers of [
            {},
            { "content-type": "text/plain" },
            { "content-type": "application/json-patch+json" },
            { "content-type": "application/jsonx" },
            { "content-type": "text/plain; application/json" },
            { "content-type": "application/json", "content-encoding": "gzip" },
        ]) {
            expect(answerTo(headers), JSON.stringify(headers)).to.deep.include({
                refusedBy: "body-form",
                status: 415,
                body: {
                    type: "about:blank",
                    title: "Unsupported Media Type",
                    status: 415,
                    detail: "Send application/json, without Content-Encoding.",
                },
            });
        }
        expect(firewallAnswer(acl, { headers: { "content-type": "text/plain" } }).refusedBy).to.equal(
            undefined,
        );
    });

    it("refuses identity headers of the client's own making", () => {
        for (const header of ["x-user-id", "x-consumer-id"]) {
            expect(firewallAnswer(acl, { headers: { [header]: "somebody" } }), header).to.deep.include({
                refusedBy: "client-identity",
                status: 403,
            });
        }
    });

    it("asks AWS's common rules and its known bad inputs, Log4j among them", () => {
        const managed = rulesOf(acl).slice(-2);
        expect(managed.map(({ statement }) => statement)).to.deep.equal([
            {
                managedRuleGroupStatement: {
                    vendorName: "AWS",
                    name: "AWSManagedRulesCommonRuleSet",
                    // The rule body-size says why, and at a size that the contracts need.
                    ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
                },
            },
            {
                managedRuleGroupStatement: {
                    vendorName: "AWS",
                    name: "AWSManagedRulesKnownBadInputsRuleSet",
                },
            },
        ]);
        expect(managed.map(({ overrideAction }) => overrideAction)).to.deep.equal([
            { none: {} },
            { none: {} },
        ]);
    });

    it("keeps credentials out of WAF's logs and samples, the keys of rate rules included", () => {
        expect(acl.dataProtectionConfig).to.deep.equal({
            dataProtections: [
                {
                    action: "HASH",
                    field: {
                        fieldType: "SINGLE_HEADER",
                        fieldKeys: ["authorization", "x-api-key", "cookie"],
                    },
                    excludeRateBasedDetails: false,
                    excludeRuleMatchDetails: false,
                },
            ],
        });
        expect(JSON.stringify(aclOf([shop, admin]))).not.to.contain('"sampledRequestsEnabled":true');
    });
});
