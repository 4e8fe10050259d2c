import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Step } from "./steps";
import type { StepResult } from "./summary";

const REPORTER = "tools/check/countingReporter.ts";

const countsSchema = z.object({
    passed: z.int(),
    failed: z.int(),
    skipped: z.array(z.string()),
});

/** Runs the step with its output shown, and counts. `scratch` is a folder to write in. */
export async function runStep(step: Step, scratch: string): Promise<StepResult> {
    const started = Date.now();
    const counts = join(scratch, `${step.name}.json`);
    const reporting = ["--", "--reporter", REPORTER, "--reporter-option", `counts=${counts}`];
    const code = await run([...step.command, ...(step.counts === "tests" ? reporting : [])]);
    const seconds = (Date.now() - started) / 1000;
    return { name: step.name, seconds, ...countOf(step, code, counts) };
}

/** A step that fails fails at least one: a suite may end before its first test. */
function countOf(step: Step, code: number, file: string): Omit<StepResult, "name" | "seconds"> {
    const failed = code === 0 ? 0 : 1;
    if (step.counts !== "tests") {
        const passed = step.counts === "check" ? 1 - failed : 0;
        return { passed, failed, skipped: [] };
    }
    if (!existsSync(file)) {
        return { passed: 0, failed: 1, skipped: [] };
    }
    const read = countsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return { ...read, failed: Math.max(read.failed, failed) };
}

function run(command: readonly string[]): Promise<number> {
    const [executable = "", ...args] = command;
    const child = spawn(executable, args, {
        cwd: resolve(__dirname, "..", ".."),
        stdio: ["ignore", "inherit", "inherit"],
    });
    return new Promise((settle, reject) => {
        child.once("error", reject);
        child.once("close", (code) => {
            settle(code ?? 1);
        });
    });
}
