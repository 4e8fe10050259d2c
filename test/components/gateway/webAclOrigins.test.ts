import { expect } from "chai";
import { originKey } from "../../../components/gateway/webAclOrigins";
import { firewallAnswer, type FirewallRequest } from "../../support/firewall";
import { aclOf, overLimit, rulesOf } from "./support";

// What AWS WAF makes of these rules is not proven here: see docs/unproven.md.

const shop = "https://shop.example";
const admin = "https://admin.shop.example";
const local = "http://localhost:5173";

describe('What pages may read of the Web ACL\'s refusals: ADR-003, "CORS Configuration"', () => {
    const acl = aclOf([shop, admin, local]);
    const refusals: readonly FirewallRequest[] = [
        overLimit,
        { perAddress: 2001 },
        { bodyBytes: 20_000, headers: overLimit.headers ?? {} },
    ];
    const answersTo = (origin: string | undefined): ReturnType<typeof firewallAnswer>[] =>
        refusals.map((request) =>
            firewallAnswer(acl, {
                ...request,
                headers: { ...request.headers, ...(origin === undefined ? {} : { origin }) },
            }),
        );

    for (const origin of [shop, admin, local]) {
        it(`lets pages of ${origin} read them, Retry-After included, without credentials`, () => {
            const answers = answersTo(origin);
            expect(answers.map(({ status }) => status)).to.deep.equal([429, 429, 413]);
            for (const { headers } of answers) {
                expect(headers).to.include({
                    "Access-Control-Allow-Origin": origin,
                    "Access-Control-Expose-Headers": "Retry-After",
                    Vary: "Origin",
                });
                expect(headers).not.to.have.property("Access-Control-Allow-Credentials");
            }
            expect(answers.slice(0, 2).map(({ headers }) => headers["Retry-After"])).to.deep.equal([
                "60",
                "60",
            ]);
        });
    }

    it("lets no other page read them, and refuses those all the same", () => {
        for (const origin of ["https://evil.example", `${admin}.evil.example`, "null", undefined]) {
            const answers = answersTo(origin);
            expect(answers.map(({ refusedBy }) => refusedBy)).to.deep.equal([
                "per-credential",
                "per-address",
                "body-size",
            ]);
            for (const { headers } of answers) {
                expect(headers["Access-Control-Allow-Origin"], origin).to.equal(shop);
            }
        }
    });

    it("lets nobody read them where no page may call", () => {
        expect(firewallAnswer(aclOf([]), overLimit).headers).to.deep.equal({ "Retry-After": "60" });
    });

    it("counts each rate once, so that a changing origin has no limit of its own", () => {
        const rates = rulesOf(acl).filter(({ statement }) => "rateBasedStatement" in (statement as object));
        expect(rates.map(({ name }) => name)).to.deep.equal([
            "count-per-credential",
            "count-per-address",
            "per-credential",
            "per-address",
        ]);
        expect(JSON.stringify(rates)).not.to.contain("scopeDownStatement");
    });

    it("tells the APIs the listed origin, whatever the client wrote in its place", () => {
        const told = (headers: Record<string, string>): string | undefined =>
            firewallAnswer(acl, { headers }).passedOn["x-amzn-waf-allowed-origin"];
        expect(told({ origin: admin })).to.equal(admin);
        expect(told({ origin: local, "x-amzn-waf-allowed-origin": "https://evil.example" })).to.equal(local);
        expect(told({ origin: "https://evil.example", "x-amzn-waf-allowed-origin": "*" })).to.equal(shop);
        expect(told({})).to.equal(shop);
    });

    it("has not one rule more than a single origin needs", () => {
        expect(rulesOf(aclOf([shop])).map(({ name }) => name)).to.deep.equal([
            "per-credential",
            "per-address",
            "body-size",
            "body-form",
            "client-identity",
            "common",
            "known-bad-inputs",
        ]);
        expect(rulesOf(aclOf([shop, local])).map(({ name }) => name)).to.deep.equal([
            "origin-http-localhost_5173",
            "origin-other",
            "count-per-credential",
            "count-per-address",
            "rate-http-localhost_5173",
            "per-credential",
            "per-address",
            "body-size-http-localhost_5173",
            "body-size",
            "body-form",
            "client-identity",
            "common",
            "known-bad-inputs",
        ]);
    });
});

describe("originKey", () => {
    it("keeps origins apart, in characters of names and labels", () => {
        const keys = [shop, "https://a-b.example", "https://a.b.example", "https://a.b.example:8443"].map(
            originKey,
        );
        expect(new Set(keys).size).to.equal(4);
        for (const key of keys) {
            expect(key).to.match(/^[A-Za-z0-9_-]+$/);
        }
    });
});
