import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Step } from "./steps";
import type { StepResult } from "./summary";

const REPORTER = "tools/check/countingReporter.ts";

const countsSchema = z.object({
    passed: z.int(),
    failures: z.array(z.object({ title: z.string(), message: z.string() })),
    skipped: z.array(z.string()),
});

/** Niceness (setpriority(2)) of what gives way: it gets next to nothing of a core that something else asks for. */
const YIELDING = 15;

export interface RunOptions {
    /** Where the output goes: to the terminal as it comes, or there in one piece when the step has ended. */
    readonly output: "as it comes" | "at the end";
    /** Whether other processes of the machine go first. */
    readonly givesWay: boolean;
}

/** Runs the step and counts. `scratch` is a folder to write in. */
export async function runStep(step: Step, scratch: string, options: RunOptions): Promise<StepResult> {
    const started = Date.now();
    const counts = join(scratch, `${step.name}.json`);
    const reporting = ["--", "--reporter", REPORTER, "--reporter-option", `counts=${counts}`];
    const command = [...step.command, ...(step.counts === "tests" ? reporting : [])];
    const code = await run(step.name, command, scratch, options);
    const seconds = (Date.now() - started) / 1000;
    return { name: step.name, seconds, ...countOf(step, code, counts) };
}

/** A step that fails fails at least one: a suite may end before its first test. */
function countOf(step: Step, code: number, file: string): Omit<StepResult, "name" | "seconds"> {
    const failed = code === 0 ? 0 : 1;
    const nothing = { failures: [], skipped: [] };
    if (step.counts !== "tests") {
        const passed = step.counts === "check" ? 1 - failed : 0;
        return { passed, failed, ...nothing };
    }
    if (!existsSync(file)) {
        return { passed: 0, failed: 1, ...nothing };
    }
    const read = countsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return { ...read, failed: Math.max(read.failures.length, failed) };
}

function run(
    name: string,
    command: readonly string[],
    scratch: string,
    { output, givesWay }: RunOptions,
): Promise<number> {
    const [executable = "", ...args] = command;
    const shown = output === "as it comes" ? "inherit" : "pipe";
    const child = spawn(executable, args, {
        cwd: resolve(__dirname, "..", ".."),
        // Engine tests and lab deploy the dev stack once for both: test/support/engine/deployedShop.ts.
        env: { ...process.env, ENGINE_TESTS_FOLDER: scratch },
        stdio: ["ignore", shown, shown],
    });
    if (givesWay && child.pid !== undefined) {
        setPriority(child.pid, YIELDING);
    }
    const held: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
        stream?.on("data", (chunk: Buffer) => held.push(chunk));
    }
    return new Promise((settle, reject) => {
        child.once("error", reject);
        child.once("close", (code) => {
            if (output === "at the end") {
                console.log(`\n=== ${name}`);
                process.stdout.write(Buffer.concat(held));
            }
            settle(code ?? 1);
        });
    });
}
