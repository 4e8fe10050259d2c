import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SHARED_FOLDER } from "./deployedShop";

let folder: string | undefined;

/** A folder that the files of one run share, for as long as the run takes. */
export async function mochaGlobalSetup(): Promise<void> {
    folder = await mkdtemp(join(tmpdir(), "engine-tests-"));
    process.env[SHARED_FOLDER] = folder;
}

export async function mochaGlobalTeardown(): Promise<void> {
    if (folder !== undefined) {
        await rm(folder, { recursive: true, force: true });
    }
}
