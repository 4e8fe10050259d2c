import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startJudges } from "./judge";
import { harmless } from "./operators/harmless";
import { operators } from "./operators/all";
import { outcomeOf, titleOf, trialsOf, type Outcome } from "./run";
import { states } from "./states";

const configurationFile = join(__dirname, "../../stacks/policy-config.json");

async function main(): Promise<number> {
    const configuration = JSON.parse(readFileSync(configurationFile, "utf8")) as Record<string, unknown>;
    const trials = (await states()).flatMap((state) => trialsOf(state, operators, harmless));
    const seen = new Set<string>();
    const judges = await startJudges(configuration);
    const begun = performance.now();
    try {
        const outcomes: Outcome[] = [];
        for (const trial of trials) {
            const isFirst = !seen.has(trial.title);
            seen.add(trial.title);
            outcomes.push(await outcomeOf(judges, trial, isFirst));
            if (outcomes.length % 500 === 0) {
                console.error(`${outcomes.length} of ${trials.length} programs judged`);
            }
        }
        const seconds = Math.round((performance.now() - begun) / 1000);
        console.log(`${outcomes.length} programs judged in ${seconds} s\n`);
        return report(outcomes);
    } finally {
        await judges.stop();
    }
}

/** Prints each operator with its mutants, and what was not as expected; answers with the exit code. */
function report(outcomes: readonly Outcome[]): number {
    const titles = [...operators.map(titleOf), "as it is", ...harmless.map(({ target }) => target)];
    const unapplied = titles.filter((title) => !outcomes.some((outcome) => outcome.title === title));
    for (const title of titles) {
        const own = outcomes.filter((outcome) => outcome.title === title);
        console.log(`${title}: ${own.length} programs, ${own.filter(hasProblem).length} wrong`);
    }
    const wrong = outcomes.filter(hasProblem);
    for (const { title, state, resource, problem } of wrong) {
        console.log(`\nWRONG ${title} (${state}, ${resource}): ${problem ?? ""}`);
    }
    unapplied.forEach((title) => {
        console.log(`\nWRONG ${title}: applies to nothing`);
    });
    const kinds = new Set(operators.map(titleOf));
    const mutants = outcomes.filter(({ title }) => kinds.has(title));
    const caught = mutants.filter((outcome) => !hasProblem(outcome)).length;
    const alarms = wrong.length - (mutants.length - caught);
    console.log(
        `\n${kinds.size} operators; ${caught} of ${mutants.length} mutants refused by their rule; ` +
            `${alarms} false alarms in ${outcomes.length - mutants.length} programs`,
    );
    return wrong.length + unapplied.length === 0 ? 0 : 1;
}

function hasProblem({ problem }: Outcome): boolean {
    return problem !== undefined;
}

void main().then((code) => {
    process.exitCode = code;
});
