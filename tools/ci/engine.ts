import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEvents, type EngineEvent } from "./events";

export const PACK = "adr-003";
export const PACK_CONFIGURATION = "stacks/policy-config.json";

/** Every operation that can change a stack runs under the pack: this is the only place where CI names them. */
const underPack = ["--policy-pack", "policies", "--policy-pack-config", PACK_CONFIGURATION];
const operations = {
    preview: ["preview", "--diff", ...underPack],
    up: ["up", "--yes", "--skip-preview", ...underPack],
    // Changes nothing, and knows no policies: it only compares the state with what is there.
    drift: ["refresh", "--preview-only", "--diff"],
} as const;

export interface EngineOutcome {
    readonly code: number;
    readonly events: readonly EngineEvent[];
}

/** Runs one operation of the engine to its end, its output shown as it comes, and reads its own account of it. */
export async function runEngine(
    engine: string,
    operation: keyof typeof operations,
    stack: string,
    environment: NodeJS.ProcessEnv = process.env,
    output: "all" | "errors only" = "all",
): Promise<EngineOutcome> {
    const folder = mkdtempSync(join(tmpdir(), "ci-events-"));
    const log = join(folder, "events");
    try {
        const args = [...operations[operation], "--stack", stack, "--non-interactive", "--event-log", log];
        // The flag is one of those that the engine hides; the Automation API shows and uses it in the same way.
        const env = { ...environment, PULUMI_DEBUG_COMMANDS: "true" };
        const code = await new Promise<number>((resolve, reject) => {
            const child = spawn(engine, args, {
                env,
                stdio: ["ignore", output === "all" ? "inherit" : "ignore", "inherit"],
            });
            child.once("error", reject);
            child.once("close", (ended) => {
                resolve(ended ?? 1);
            });
        });
        return { code, events: readLog(log) };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** An engine that stops at once, for example because it knows no such stack, leaves no log. */
function readLog(file: string): readonly EngineEvent[] {
    try {
        return readEvents(file);
    } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") {
            return [];
        }
        throw error;
    }
}
