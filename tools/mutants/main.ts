import { startJudges } from "./judge";
import { outcomeOf, titleOf, trialsOf, type Outcome } from "./run";
import { subjects, type Subject } from "./states";

async function main(): Promise<number> {
    const all = await subjects();
    const begun = performance.now();
    const seen = new Set<string>();
    const outcomes: Outcome[] = [];
    for (const subject of all) {
        outcomes.push(...(await judged(subject, seen)));
        console.error(`${subject.name}: ${outcomes.length} programs judged so far`);
    }
    const seconds = Math.round((performance.now() - begun) / 1000);
    console.log(`${outcomes.length} programs judged in ${seconds} s\n`);
    return report(all, outcomes);
}

/** Every mutant of a program, and what must pass, by a pack with its configuration. `seen` are rules of which a whole pack has judged a mutant. */
async function judged(subject: Subject, seen: Set<string>): Promise<readonly Outcome[]> {
    const { configuration, harmless, operators, states } = subject;
    const judges = await startJudges(configuration);
    const outcomes: Outcome[] = [];
    try {
        for (const trial of states.flatMap((state) => trialsOf(state, operators, harmless))) {
            const by = trial.rule ?? "";
            const isFirst = !seen.has(by);
            seen.add(by);
            outcomes.push(await outcomeOf(judges, trial, isFirst));
        }
        return outcomes;
    } finally {
        await judges.stop();
    }
}

/** Prints each operator with its mutants, and what was not as expected; answers with the exit code. */
function report(all: readonly Subject[], outcomes: readonly Outcome[]): number {
    const kinds = new Set(all.flatMap(({ operators }) => operators.map(titleOf)));
    const kept = new Set(all.flatMap(({ harmless }) => harmless.map(({ target }) => target)));
    const titles = [...kinds, "as it is", ...kept];
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
