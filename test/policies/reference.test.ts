import { readFileSync } from "node:fs";
import { expect } from "chai";
import { policyReference, referenceFile } from "../../tools/policy-reference";

describe("docs/policies.md", () => {
    it("is what `npm run docs:policies` writes", () => {
        expect(readFileSync(referenceFile, "utf8")).to.equal(policyReference());
    });
});
