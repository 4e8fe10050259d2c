import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { runStep, type RunOptions } from "./check/runStep";
import { chooseSteps, lanesOf, type Lane } from "./check/steps";
import { hasFailed, report } from "./check/summary";
import type { StepResult } from "./check/summary";

/** Runs the steps named, or all of them, each to its end whatever the others did, and ends with one line of counts. */
async function main(names: readonly string[]): Promise<void> {
    const base = resolve(__dirname, "..", ".local");
    mkdirSync(base, { recursive: true });
    const scratch = mkdtempSync(join(base, "check-"));
    const results: StepResult[] = [];
    try {
        const ended = lanesOf(chooseSteps(names)).map((lane, index) =>
            runLane(lane, scratch, index === 0 ? "as it comes" : "at the end"),
        );
        results.push(...(await Promise.all(ended)).flat());
    } finally {
        rmSync(scratch, { recursive: true, force: true });
    }
    console.log(report(results));
    process.exitCode = hasFailed(results) ? 1 : 0;
}

async function runLane(
    { steps, givesWay }: Lane,
    scratch: string,
    output: RunOptions["output"],
): Promise<StepResult[]> {
    const results: StepResult[] = [];
    for (const step of steps) {
        // A set-up may take minutes: whoever waits sees its progress.
        const shown = step.counts === "setup" ? "as it comes" : output;
        if (shown === "as it comes") {
            console.log(`\n=== ${step.name}`);
        }
        results.push(await runStep(step, scratch, { output: shown, givesWay }));
    }
    return results;
}

void main(process.argv.slice(2));
