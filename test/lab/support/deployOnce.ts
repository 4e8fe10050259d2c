import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deployedStack, SHARED_FOLDER } from "../../support/engine/deployedShop";
import { RunFolder } from "../../support/RunFolder";

/** Environment variable that tells every test file where the exported stack is. */
export const exportVariable = "LAB_STACK_EXPORT";

const folder = new RunFolder("lab-stack-");

/** Exports the dev stack with its secrets, as the real engine deployed it: once for all files, and for the engine tests of the same run. */
export async function mochaGlobalSetup(): Promise<void> {
    if (process.env[exportVariable] !== undefined) {
        return;
    }
    const scratch = await folder.make();
    process.env[SHARED_FOLDER] ??= scratch;
    const file = join(scratch, "export.json");
    await writeFile(file, JSON.stringify(await deployedStack()), { mode: 0o600 });
    process.env[exportVariable] = file;
}

export async function mochaGlobalTeardown(): Promise<void> {
    await folder.remove();
}
