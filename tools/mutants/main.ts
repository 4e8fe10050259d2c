import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judge, startPack } from "./judge";
import { harmless } from "./operators/harmless";
import { operators } from "./operators/all";
import { states } from "./states";
import { runHarmless, runOperator, titleOf, type Outcome } from "./run";

const configurationFile = join(__dirname, "../../stacks/policy-config.json");

async function main(): Promise<number> {
    const configuration = JSON.parse(readFileSync(configurationFile, "utf8")) as Record<string, unknown>;
    const pack = await startPack(configuration);
    const outcomes: Outcome[] = [];
    try {
        for (const state of await states()) {
            const found = await judge(pack, state.program);
            outcomes.push({
                title: "as it is",
                state: `${state.stack} ${state.moment}`,
                resource: "the whole program",
                ...(found.length === 0 ? {} : { problem: found.map(({ message }) => message).join("\n") }),
            });
            for (const operator of operators) {
                outcomes.push(...(await runOperator(pack, operator, state)));
            }
            for (const change of harmless) {
                outcomes.push(...(await runHarmless(pack, change, state)));
            }
        }
    } finally {
        await pack.stop();
    }
    return report(outcomes);
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
    const count = outcomes.length - wrong.length;
    console.log(
        `\n${new Set(operators.map(titleOf)).size} operators, ${count} of ${outcomes.length} as expected`,
    );
    return wrong.length + unapplied.length === 0 ? 0 : 1;
}

function hasProblem({ problem }: Outcome): boolean {
    return problem !== undefined;
}

void main().then((code) => {
    process.exitCode = code;
});
