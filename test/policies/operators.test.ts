import { expect } from "chai";
import { rules } from "../../policies/rules/all";
import { startJudges, type Judges } from "../../tools/mutants/judge";
import { operators } from "../../tools/mutants/operators/all";
import { harmless } from "../../tools/mutants/operators/harmless";
import type { Operator } from "../../tools/mutants/operator";
import { outcomeOf, titleOf, trialsOf } from "../../tools/mutants/run";
import type { Program } from "./rules/cases/case";
import { shopConfiguration } from "./support/configuration";
import { realShop } from "./support/realShop";

const moments = ["preview", "up"] as const;
const nothing = "applies to nothing";

/** One mutant of each operator, by its rule alone; `npm run test:mutants` judges all, and what the real engine recorded. */
describe("The dev stack", () => {
    let judges: Judges;

    before(async () => {
        judges = await startJudges(shopConfiguration);
    });
    after(() => judges.stop());

    /** Resources that the operator's rule refuses, or why the operator proves nothing. */
    async function refused({ appliesTo, apply, rule }: Operator, program: Program): Promise<string> {
        // The same at both moments, in whatever order they were registered.
        const [target] = program
            .filter((each) => appliesTo(each, program))
            .sort((a, b) => a.urn.localeCompare(b.urn, "en"));
        if (target === undefined) {
            return nothing;
        }
        const verdicts = await judges.rule(rule, apply(target, program));
        const mandatory = verdicts.filter((verdict) => verdict.isMandatory && verdict.rule === rule);
        return mandatory.length === 0
            ? "escaped"
            : mandatory
                  .map(({ resource }) => resource)
                  .sort()
                  .join(", ");
    }

    it("is refused with any one thing weakened, at the first preview as after the deploy", async () => {
        const problems: string[] = [];
        for (const operator of operators) {
            const found: string[] = [];
            for (const moment of moments.filter((each) => each === (operator.only ?? each))) {
                const onDev = await refused(operator, await realShop(moment));
                // What prod alone has.
                found.push(
                    onDev === nothing ? await refused(operator, await realShop(moment, "prod")) : onDev,
                );
            }
            const isRefused = found.every((each) => !["escaped", nothing].includes(each));
            if (!isRefused || new Set(found).size > 1) {
                problems.push(`${titleOf(operator)}: ${found.join("; ")}`);
            }
        }
        expect(problems).to.deep.equal([]);
    });

    for (const moment of moments) {
        it(`is accepted at ${moment} as it is, and after changes that break nothing`, async () => {
            const state = { stack: "dev", moment, program: await realShop(moment) };
            const firsts = new Map(
                [...trialsOf(state, [], harmless)].reverse().map((trial) => [trial.title, trial] as const),
            );
            expect(firsts.size).to.equal(harmless.length + 1);
            for (const trial of firsts.values()) {
                expect((await outcomeOf(judges, trial)).problem, trial.title).to.equal(undefined);
            }
        });
    }

    it("has an operator against every rule, each with a name of its own", () => {
        expect([...new Set(operators.map(({ rule }) => rule))].sort()).to.deep.equal(
            rules.map(({ id }) => id).sort(),
        );
        expect(new Set(operators.map(titleOf)).size).to.equal(operators.length);
    });
});
