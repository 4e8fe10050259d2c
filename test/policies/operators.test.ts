import { expect } from "chai";
import { rules } from "../../policies/rules/all";
import { startJudges, type Judges } from "../../tools/mutants/judge";
import { operators } from "../../tools/mutants/operators/all";
import { harmless } from "../../tools/mutants/operators/harmless";
import { outcomeOf, titleOf, trialsOf, type Trial } from "../../tools/mutants/run";
import { shopConfiguration } from "./support/configuration";
import type { Program } from "./rules/cases/case";
import { realShop } from "./support/realShop";

/** One mutant of each operator, by its rule alone; `npm run test:mutants` judges all, and what the real engine recorded. */
describe("The dev stack", function () {
    this.timeout(120_000);
    let judges: Judges;

    before(async () => {
        judges = await startJudges(shopConfiguration);
    });
    after(() => judges.stop());

    async function problems(trials: readonly Trial[]): Promise<readonly string[]> {
        const found: string[] = [];
        for (const trial of trials) {
            const { problem, resource, title } = await outcomeOf(judges, trial);
            found.push(...(problem === undefined ? [] : [`${title} (${resource}): ${problem}`]));
        }
        return found;
    }

    for (const moment of ["preview", "up"] as const) {
        it(`is refused at ${moment} with any one thing weakened, and accepted as it is`, async () => {
            const state = { stack: "dev", moment, program: await realShop(moment) };
            const first = new Map<string, Trial>();
            for (const trial of trialsOf(state, operators, harmless)) {
                const isHarmless = trial.rule === undefined;
                first.set(trial.title, first.get(trial.title) ?? { ...trial, byPack: isHarmless });
            }
            const missing = operators
                .filter(({ only }) => only === undefined || only === moment)
                .map(titleOf)
                .filter((title) => !first.has(title));
            expect(missing, "operators that apply to nothing").to.deep.equal([]);
            expect(await problems([...first.values()])).to.deep.equal([]);
        });
    }

    it("gets the same verdicts at the first preview as after the deploy, whatever is weakened", async () => {
        const [preview, up] = [await realShop("preview"), await realShop("up")];
        const differing: string[] = [];
        for (const operator of operators.filter(({ only }) => only === undefined)) {
            const verdicts = async (program: Program): Promise<readonly string[]> => {
                const [target] = program.filter((each) => operator.appliesTo(each, program));
                const found = await judges.rule(operator.rule, operator.apply(target!, program));
                return found.map(({ resource }) => resource).sort();
            };
            const [before, after] = [await verdicts(preview), await verdicts(up)];
            if (JSON.stringify(before) !== JSON.stringify(after)) {
                differing.push(`${titleOf(operator)}: ${before.join(", ")}; ${after.join(", ")}`);
            }
        }
        expect(differing).to.deep.equal([]);
    });

    it("has an operator against every rule, each with a name of its own", () => {
        expect([...new Set(operators.map(({ rule }) => rule))].sort()).to.deep.equal(
            rules.map(({ id }) => id).sort(),
        );
        expect(new Set(operators.map(titleOf)).size).to.equal(operators.length);
    });
});
