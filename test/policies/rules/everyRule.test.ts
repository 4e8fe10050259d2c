import { expect } from "chai";
import { rules } from "../../../policies/rules/all";
import { added } from "../../../tools/mutants/operator";
import { startHandlers, type Verdict } from "../../../tools/mutants/judge";
import { shopConfiguration } from "../support/configuration";
import { realShop } from "../support/realShop";
import { baseCases } from "./cases/base";
import type { Program, RuleCases } from "./cases/case";
import { gatewayCases } from "./cases/gateway";
import { meshCases } from "./cases/mesh";
import { observabilityCases } from "./cases/observability";

const cases: Readonly<Record<string, RuleCases>> = {
    ...gatewayCases,
    ...meshCases,
    ...observabilityCases,
    ...baseCases,
};
const handlers = startHandlers(shopConfiguration);

function findingsOf(verdicts: readonly Verdict[]): readonly string[] {
    const lines = verdicts.flatMap(({ message }) => message.split("\n"));
    return [...new Set(lines.filter((line) => line.startsWith("  - ")).map((line) => line.slice(4)))];
}

/** The violating resource under a type that no rule is about. */
function ignored(before: Program, after: Program): Program {
    const known = new Set(before);
    return after
        .filter((resource) => !known.has(resource))
        .reduce(
            (program, { name, props }) => added(program, "aws:s3/bucket:Bucket", `${name}-bucket`, props),
            before,
        );
}

describe("Every rule, on the dev stack through the engine's handler", () => {
    it("has its cases here", () => {
        expect(Object.keys(cases).sort()).to.deep.equal(rules.map(({ id }) => id).sort());
    });

    for (const [rule, { missing, unknown, violating }] of Object.entries(cases)) {
        describe(rule, () => {
            it("accepts what the components make, at the first preview and after the deploy", async () => {
                for (const moment of ["preview", "up"] as const) {
                    expect(await handlers(rule, await realShop(moment))).to.deep.equal([]);
                }
            });

            for (const [what, [change, ...findings]] of Object.entries({ violating, missing, unknown })) {
                it(`refuses a control that is ${what}`, async () => {
                    const found = await handlers(rule, change(await realShop("preview")));
                    expect(found.every(({ isMandatory }) => isMandatory)).to.equal(true);
                    expect(findingsOf(found)).to.have.members(findings);
                });
            }

            it("ignores the same under a type that it is not about", async () => {
                const program = await realShop("preview");
                const [change] = violating;
                expect(await handlers(rule, ignored(program, change(program)))).to.deep.equal([]);
            });
        });
    }
});
