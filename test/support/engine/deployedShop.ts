import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { StackExport } from "../../../local/lab/deployedProxies";
import type { EngineResult } from "./EngineRun";
import { LocalEngine, SHOP } from "./LocalEngine";

/** Every deploy of the shop runs under its own policies, as `make up` does. */
export const UNDER_POLICIES = [
    "--policy-pack",
    "policies",
    "--policy-pack-config",
    "stacks/policy-config.json",
];

/** Environment variable with the folder that the files of a run share; they run in processes of their own. */
export const SHARED_FOLDER = "ENGINE_TESTS_FOLDER";

/** The one deploy of the dev stack, of which every file gets its own copy. */
interface FirstDeploy {
    /** What the engine said: `pulumi up` on an empty account, after its own preview. */
    readonly up: EngineResult;
    /** The backend's folder. */
    readonly stateFolder: string;
}

/** The dev stack as it was first deployed, on a backend that is the caller's: what happens to it touches nobody else. */
export async function deployedShop(): Promise<LocalEngine> {
    const { stateFolder } = await firstDeploy();
    return LocalEngine.copyOf(stateFolder, SHOP, "dev");
}

/** What the engine said of the deploy that all copies come from; whoever asks first makes it. */
export async function firstDeploy(): Promise<FirstDeploy> {
    const folder = sharedFolder();
    const [claim, done] = [join(folder, "claimed"), join(folder, "deployed.json")];
    if (isFirst(claim)) {
        const deployed = await deploy();
        writeFileSync(`${done}.part`, JSON.stringify(deployed), { mode: 0o600 });
        renameSync(`${done}.part`, done);
    }
    while (!existsSync(done)) {
        await pause(200);
    }
    const deployed = JSON.parse(readFileSync(done, "utf8")) as FirstDeploy;
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
    const engine = await LocalEngine.create(SHOP, "dev", sharedFolder());
    const up = await engine.run(["up", "--yes", "--stack", "dev", ...UNDER_POLICIES]);
    return { up, stateFolder: engine.stateFolder };
}

function isFirst(claim: string): boolean {
    try {
        mkdirSync(claim);
        return true;
    } catch {
        return false;
    }
}

function sharedFolder(): string {
    const folder = process.env[SHARED_FOLDER];
    if (folder === undefined) {
        throw new Error(`${SHARED_FOLDER} is not set: run mocha with --config test/engine/mocharc.yaml`);
    }
    return folder;
}
