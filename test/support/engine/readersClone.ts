import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { EngineRun, type EngineResult } from "./EngineRun";
import { SHOP } from "./LocalEngine";

/** A reader's clone in a new folder of `parent`: what git knows of this checkout, and what would be committed next. */
export function readersClone(parent: string): string {
    const folder = mkdtempSync(join(parent, "clone-"));
    const list = ["ls-files", "--cached", "--others", "--exclude-standard"];
    for (const file of execFileSync("git", list, { cwd: SHOP, encoding: "utf8" }).trim().split("\n")) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        cpSync(join(SHOP, file), join(folder, file));
    }
    execFileSync("git", ["init", "--quiet"], { cwd: folder });
    appendFileSync(join(folder, ".git/info/exclude"), "node_modules\n");
    symlinkSync(join(SHOP, "node_modules"), join(folder, "node_modules"));
    return folder;
}

/** Runs commands in the clone as a reader's shell would: with nothing that this test run sets for itself. */
export function asReader(folder: string, commands: string): Promise<EngineResult> {
    const env = Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^(PULUMI|LOCAL_STATE_DIR|MAKE|MFLAGS)/.test(name)),
    );
    return new EngineRun("bash", ["-euo", "pipefail", "-c", commands], { cwd: folder, env }).result;
}
