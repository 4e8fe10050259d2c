import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LocalEngine, SHOP } from "../../support/engine/LocalEngine";
import { RunFolder } from "../../support/RunFolder";

/** Environment variable that tells every test file where the exported stack is. */
export const exportVariable = "LAB_STACK_EXPORT";

const folder = new RunFolder("lab-stack-");

/** Deploys the dev stack with the real engine, once for all files, and exports it with its secrets. */
export async function mochaGlobalSetup(): Promise<void> {
    if (process.env[exportVariable] !== undefined) {
        return;
    }
    const scratch = await folder.make();
    const engine = await LocalEngine.create(SHOP, "dev", scratch);
    const up = await engine.up();
    if (up.code !== 0) {
        throw new Error(`the dev stack was not deployed:\n${up.output}`);
    }
    const file = join(scratch, "export.json");
    const stack = { deployment: { resources: await engine.exportState(true) } };
    await writeFile(file, JSON.stringify(stack), { mode: 0o600 });
    process.env[exportVariable] = file;
}

export async function mochaGlobalTeardown(): Promise<void> {
    await folder.remove();
}
