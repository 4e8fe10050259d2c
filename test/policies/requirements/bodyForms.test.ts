import { expect } from "chai";
import { matches, type Probe } from "../../../policies/facts/webAclStatements";
import { Value } from "../../../policies/facts/value";
import type { Plain } from "../../../policies/facts/plain";
import {
    both,
    either,
    hasHeader,
    headerIs,
    not,
    uncheckedBody,
} from "../../../components/gateway/webAclStatements";

const answer = (statement: unknown, probe: Probe): boolean | undefined =>
    matches(new Value("statement", statement as Plain), probe);
const sent = (type: string | undefined, body = "{}", more: Record<string, string> = {}): Probe => ({
    headers: { ...(type === undefined ? {} : { "content-type": type }), ...more },
    body,
});
const label = { labelMatchStatement: { scope: "LABEL", key: "x" } };

describe("What a Web ACL's statement matches", () => {
    it("is every body but plain JSON, for the rule that the components make", () => {
        for (const [probe, expected] of [
            [sent("application/json"), false],
            [sent("application/json; charset=utf-8"), false],
            [sent(undefined, ""), false],
            [sent("text/plain", ""), false],
            [sent("text/plain"), true],
            [sent(undefined), true],
            [sent("application/jsonp"), true],
            [sent("application/json", "{}", { "content-encoding": "gzip" }), true],
        ] as const) {
            expect(answer(uncheckedBody, probe)).to.equal(expected);
        }
    });

    it("is not to be told of labels, changed texts and kinds that are not known, and neither of what is made from them", () => {
        const json = headerIs("content-type", "application/json");
        const lower = structuredClone(json) as { byteMatchStatement: { textTransformations: object[] } };
        lower.byteMatchStatement.textTransformations = [{ priority: 0, type: "LOWERCASE" }];
        for (const statement of [label, lower, not(label), { geoMatchStatement: {} }, {}]) {
            expect(answer(statement, sent("application/json"))).to.equal(undefined);
        }
        expect(answer(either(json, label), sent("application/json"))).to.equal(true);
        expect(answer(either(json, label), sent("text/plain"))).to.equal(undefined);
        expect(answer(both(json, label), sent("text/plain"))).to.equal(false);
        expect(answer(both(json, label), sent("application/json"))).to.equal(undefined);
    });

    it("goes by the header's own text, whichever way its name is written", () => {
        expect(answer(hasHeader("Content-Type"), sent("x"))).to.equal(true);
        expect(answer(hasHeader("content-type"), sent(""))).to.equal(false);
        expect(answer(headerIs("content-type", "text/", "STARTS_WITH"), sent(undefined))).to.equal(false);
    });
});
