import type { StackExport } from "../../../local/lab/deployedProxies";
import { LocalEngine, SHOP } from "./LocalEngine";

/** Every deploy of the shop runs under its own policies, as `make up` does. */
export const UNDER_POLICIES = [
    "--policy-pack",
    "policies",
    "--policy-pack-config",
    "stacks/policy-config.json",
];

let deployed: Promise<LocalEngine> | undefined;

after(async () => {
    (await deployed)?.remove();
});

/** The dev stack, deployed once for all suites of this run. */
export async function deployedShop(): Promise<LocalEngine> {
    deployed ??= deploy();
    return deployed;
}

/** What the dev stack has deployed, secrets in plain text: what a task would be started with. */
export async function deployedStack(): Promise<StackExport> {
    const engine = await deployedShop();
    return { deployment: { resources: await engine.exportState(true) } };
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
