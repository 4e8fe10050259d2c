import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { judge, Refusal, type CiRun } from "./judge";

const engine = resolve("local", "pulumi");

/**
 * The pull request's preview without an account: the base commit is deployed to emulated AWS, and this checkout is previewed on top of it,
 * so that the plan holds what the change does. It needs no credentials, and so may judge anybody's fork.
 */
export async function previewLocally(stack: string, out: string, base: string): Promise<void> {
    const scratch = mkdtempSync(join(tmpdir(), "ci-preview-"));
    const environment = { ...process.env, LOCAL_STATE_DIR: join(scratch, "state") };
    const run: CiRun = { engine, stack, out, environment };
    try {
        execFileSync(engine, ["stack", "init", stack], { env: environment, stdio: "inherit" });
        const against = base === "" ? "an empty account" : deployBase(run, base, join(scratch, "base"));
        await judge(run, `${against}, emulated`);
    } finally {
        rmSync(scratch, { recursive: true, force: true });
        git("worktree", "prune");
    }
    console.log(`plan and verdicts: ${join(out, "comment.md")}`);
}

/** Deploys the base with its own program, pack and local mode; says what the plan is compared with. */
function deployBase({ stack, environment }: CiRun, base: string, folder: string): string {
    const commit = git("rev-parse", "--verify", "--end-of-options", `${base}^{commit}`);
    git("worktree", "add", "--detach", folder, commit);
    if (!existsSync(join(folder, `Pulumi.${stack}.yaml`))) {
        return "an empty account";
    }
    const lock = "package-lock.json";
    if (readFileSync(lock, "utf8") === readFileSync(join(folder, lock), "utf8")) {
        symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    }
    try {
        const deployed = join(folder, "local", "stack");
        execFileSync(deployed, ["up", stack], { env: environment, stdio: ["ignore", "ignore", "inherit"] });
    } catch {
        throw new Refusal(`${commit}, the base, cannot be deployed itself: run \`make up\` there`);
    }
    return `commit \`${commit}\``;
}

function git(...args: readonly string[]): string {
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}
