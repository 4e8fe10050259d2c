import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(__dirname, "..", "..", "..");

/** Environment variable that tells every test file where the exported stack is. */
export const exportVariable = "LAB_STACK_EXPORT";

let scratch: string | undefined;

/** Deploys the dev stack with the real engine, once for all files, and exports it with its secrets. */
export async function mochaGlobalSetup(): Promise<void> {
    if (process.env[exportVariable] !== undefined) {
        return;
    }
    scratch = await mkdtemp(join(tmpdir(), "lab-stack-"));
    const environment = { ...process.env, LOCAL_STATE_DIR: join(scratch, "state") };
    const pulumi = async (...args: string[]): Promise<string> => {
        const options = { cwd: root, env: environment, maxBuffer: 64 * 1_048_576 };
        return (await run(join(root, "local", "pulumi"), args, options)).stdout;
    };
    await pulumi("stack", "init", "dev");
    await pulumi("up", "--yes", "--skip-preview", "--stack", "dev");
    const file = join(scratch, "export.json");
    await writeFile(file, await pulumi("stack", "export", "--stack", "dev", "--show-secrets"), {
        mode: 0o600,
    });
    process.env[exportVariable] = file;
}

export async function mochaGlobalTeardown(): Promise<void> {
    if (scratch !== undefined) {
        await rm(scratch, { recursive: true, force: true });
    }
}
