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

interface Deployed {
    readonly engine: LocalEngine;
    /** What the engine said of the preview and of the deploy. */
    readonly up: EngineResult;
}

let deployed: Promise<Deployed> | undefined;
let exported: Promise<StackExport> | undefined;

after(async () => {
    (await deployed)?.engine.remove();
});

/** The dev stack, deployed once for all suites of this run. */
export async function deployedShop(): Promise<LocalEngine> {
    return (await firstDeploy()).engine;
}

/** The same deploy, with what the engine said: `pulumi up` on an empty account, after its own preview. */
export async function firstDeploy(): Promise<Deployed> {
    deployed ??= deploy();
    return deployed;
}

/** What the dev stack has deployed, secrets in plain text: what its tasks are started with. */
export async function deployedStack(): Promise<StackExport> {
    exported ??= deployedShop().then(async (engine) => ({
        deployment: { resources: await engine.exportState(true) },
    }));
    return exported;
}

/** Destroys the dev stack; whoever needs it afterwards gets a new one. */
export async function takeDownShop(): Promise<{ readonly engine: LocalEngine; readonly down: EngineResult }> {
    const engine = await deployedShop();
    deployed = undefined;
    return { engine, down: await engine.destroy() };
}

async function deploy(): Promise<Deployed> {
    const engine = await LocalEngine.create(SHOP, "dev");
    const up = await engine.run(["up", "--yes", "--stack", "dev", ...UNDER_POLICIES]);
    if (up.code !== 0) {
        engine.remove();
        throw new Error(`the dev stack was not deployed:\n${up.output}`);
    }
    return { engine, up };
}
