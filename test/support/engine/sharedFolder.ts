import { RunFolder } from "../RunFolder";
import { SHARED_FOLDER } from "./deployedShop";

const folder = new RunFolder("engine-tests-");

/** `make test` gives one folder to the engine tests and to the lab. */
export async function mochaGlobalSetup(): Promise<void> {
    process.env[SHARED_FOLDER] ??= await folder.make();
}

export async function mochaGlobalTeardown(): Promise<void> {
    await folder.remove();
}
