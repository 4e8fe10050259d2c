import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { runStep } from "./check/runStep";
import { chooseSteps, type Step } from "./check/steps";
import { hasFailed, report } from "./check/summary";
import type { StepResult } from "./check/summary";

/** Runs the steps named, or all of them, each to its end whatever the others did, and ends with one line of counts. */
async function main(names: readonly string[]): Promise<void> {
    const base = resolve(__dirname, "..", ".local");
    mkdirSync(base, { recursive: true });
    const scratch = mkdtempSync(join(base, "check-"));
    const results: StepResult[] = [];
    try {
        const steps = chooseSteps(names);
        const isBeside = ({ waits }: Step): boolean => waits === true && process.env.CI === undefined;
        const beside = steps.filter(isBeside).map((step) => runStep(step, scratch, "at the end"));
        for (const step of steps.filter((each) => !isBeside(each))) {
            console.log(`\n=== ${step.name}`);
            results.push(await runStep(step, scratch));
        }
        results.push(...(await Promise.all(beside)));
    } finally {
        rmSync(scratch, { recursive: true, force: true });
    }
    console.log(report(results));
    process.exitCode = hasFailed(results) ? 1 : 0;
}

void main(process.argv.slice(2));
