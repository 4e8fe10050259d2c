import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { PassedBefore, readInputs } from "./check/passedBefore";
import { runStep, type RunOptions } from "./check/runStep";
import { chooseSteps, lanesOf, type Lane } from "./check/steps";
import { hasFailed, report } from "./check/summary";
import type { StepResult } from "./check/summary";

const ROOT = resolve(__dirname, "..");
const AGAIN = "--again";

/**
 * Runs the steps named, or all of them, each to its end whatever the others did, and ends with one line of counts. Of all of them those
 * tests are left out that passed on the same files before; CI and `--again` leave none out.
 */
async function main(args: readonly string[]): Promise<void> {
    const names = args.filter((arg) => arg !== AGAIN);
    const base = join(ROOT, ".local");
    mkdirSync(base, { recursive: true });
    const scratch = mkdtempSync(join(base, "check-"));
    const mayLeaveOut = names.length === 0 && !args.includes(AGAIN) && process.env.CI === undefined;
    const results: StepResult[] = [];
    try {
        const ended = lanesOf(chooseSteps(names)).map((lane, index) =>
            runLane(lane, scratch, index === 0 ? "as it comes" : "at the end", mayLeaveOut),
        );
        results.push(...(await Promise.all(ended)).flat());
    } finally {
        rmSync(scratch, { recursive: true, force: true });
    }
    console.log(report(results));
    process.exitCode = hasFailed(results) ? 1 : 0;
}

const before = new PassedBefore(join(ROOT, ".local/cache/passed"), () => readInputs(ROOT, process.env));

async function runLane(
    { steps, givesWay }: Lane,
    scratch: string,
    output: RunOptions["output"],
    mayLeaveOut: boolean,
): Promise<StepResult[]> {
    const results: StepResult[] = [];
    for (const step of steps) {
        // A set-up may take minutes: whoever waits sees its progress.
        const shown = step.counts === "setup" ? "as it comes" : output;
        if (shown === "as it comes") {
            console.log(`\n=== ${step.name}`);
        }
        const digest = before.digestOf(step);
        const passed = mayLeaveOut ? before.recall(step, digest) : undefined;
        if (passed !== undefined) {
            const { name } = step;
            results.push({
                name,
                seconds: 0,
                passed: passed.passed,
                failed: 0,
                failures: [],
                skipped: [],
                passedAt: passed.at,
            });
            continue;
        }
        // Two lanes wait for what is set up.
        const result = await runStep(step, scratch, {
            output: shown,
            givesWay: givesWay && step.counts !== "setup",
        });
        if (result.failed === 0 && result.skipped.length === 0) {
            before.keep(step, digest, result.passed);
        }
        results.push(result);
    }
    return results;
}

void main(process.argv.slice(2));
