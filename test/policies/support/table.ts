import { expect } from "chai";
import type { JsonObject } from "../../../components/mesh/json";
import type { Rule } from "../../../policies/rule";
import { edited, type Step } from "./edit";
import type { TestResource } from "./stack";
import { verdicts } from "./verdicts";

/** What is changed, where, to what (`undefined` removes it), and the one finding that must come of it, or its end. */
export type Change = readonly [title: string, path: readonly Step[], value: unknown, finding: string];

export type Deploy = (bootstrap: JsonObject) => readonly TestResource[];

/** What one rule finds; every violation must be mandatory. */
export async function findings(rule: Rule, resources: readonly TestResource[]): Promise<readonly string[]> {
    const found = await verdicts(resources, [rule]);
    expect(found.every(({ mandatory }) => mandatory)).to.equal(true);
    return found.flatMap((verdict) => verdict.findings);
}

/** One test for each change: the rule finds it, and nothing else. */
export function refusesEach(
    rule: Rule,
    original: JsonObject,
    deploy: Deploy,
    changes: readonly Change[],
): void {
    for (const [title, path, value, finding] of changes) {
        it(`refuses ${title}`, async () => {
            const found = await findings(rule, deploy(edited(original, path, value)));
            expect(found).to.have.length(1);
            expect(found[0]?.slice(-finding.length)).to.equal(finding);
        });
    }
}

/** One test for each change that a rule must accept. */
export function acceptsEach(
    rule: Rule,
    original: JsonObject,
    deploy: Deploy,
    changes: readonly (readonly [title: string, path: readonly Step[], value: unknown])[],
): void {
    for (const [title, path, value] of changes) {
        it(`accepts ${title}`, async () => {
            expect(await findings(rule, deploy(edited(original, path, value)))).to.deep.equal([]);
        });
    }
}
