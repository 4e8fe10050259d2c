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

let deployed: Promise<LocalEngine> | undefined;
let exported: Promise<StackExport> | undefined;

after(async () => {
    (await deployed)?.remove();
});

/** The dev stack, deployed once for all suites of this run. */
export async function deployedShop(): Promise<LocalEngine> {
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

async function deploy(): Promise<LocalEngine> {
    const engine = await LocalEngine.create(SHOP, "dev");
    const up = await engine.up({ args: UNDER_POLICIES });
    if (up.code !== 0) {
        engine.remove();
        throw new Error(`the dev stack was not deployed:\n${up.output}`);
    }
    return engine;
}
