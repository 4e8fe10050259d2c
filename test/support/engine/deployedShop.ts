import { join } from "node:path";
import type { StackExport } from "../../../local/lab/deployedProxies";
import type { EngineResult } from "./EngineRun";
import { LocalEngine, SHOP } from "./LocalEngine";
import { onceForAll } from "./onceForAll";
import { asReader, readersClone } from "./readersClone";

/** Every deploy of the shop runs under its own policies, as `make up` does. */
export const UNDER_POLICIES = [
    "--policy-pack",
    "policies",
    "--policy-pack-config",
    "stacks/policy-config.json",
];

/** What the manual has its readers begin with. */
export const READERS_COMMAND = "make up";

/** Environment variable with the folder that the files of a run share; they run in processes of their own. */
export const SHARED_FOLDER = "ENGINE_TESTS_FOLDER";

/** The one deploy of the dev stack, of which every file gets its own copy. */
interface FirstDeploy {
    /** What a reader's first command said: `pulumi up` on an empty account, after its own preview. */
    readonly up: EngineResult;
    /** The backend's folder, beside what else local mode remembers. */
    readonly stateFolder: string;
}

/** The dev stack as it was first deployed, on a backend that is the caller's: what happens to it touches nobody else. */
export async function deployedShop(): Promise<LocalEngine> {
    const { stateFolder } = await firstDeploy();
    return LocalEngine.copyOf(stateFolder, SHOP, "dev");
}

/** What the engine said of the deploy that all copies come from; whoever asks first makes it. */
export async function firstDeploy(): Promise<FirstDeploy> {
    const deployed = await onceForAll(sharedFolder(), deploy);
    if (deployed.up.code !== 0) {
        throw new Error(`the dev stack was not deployed:\n${deployed.up.output}`);
    }
    return deployed;
}

/** What the dev stack has deployed, secrets in plain text: what its tasks are started with. */
export async function deployedStack(): Promise<StackExport> {
    const engine = await deployedShop();
    try {
        return { deployment: { resources: await engine.exportState(true) } };
    } finally {
        engine.remove();
    }
}

async function deploy(): Promise<FirstDeploy> {
    await LocalEngine.setUp();
    const clone = readersClone(sharedFolder());
    return { up: await asReader(clone, READERS_COMMAND), stateFolder: join(clone, ".local", "state") };
}

function sharedFolder(): string {
    const folder = process.env[SHARED_FOLDER];
    if (folder === undefined) {
        throw new Error(
            `${SHARED_FOLDER} is not set: run mocha with the configuration of test/engine or test/lab`,
        );
    }
    return folder;
}
