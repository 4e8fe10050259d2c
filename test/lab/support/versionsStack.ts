import { join } from "node:path";
import { deployedProxies, type DeployedProxy } from "../../../local/lab/deployedProxies";
import { LocalEngine } from "../../support/engine/LocalEngine";

const program = join(__dirname, "../fixtures/versions");
const policies = join(__dirname, "../../../policies");

/** The fixture's proxies before and after `web` was given a call to `ledger`. */
export interface VersionsStack {
    readonly before: ReadonlyMap<string, DeployedProxy>;
    readonly after: ReadonlyMap<string, DeployedProxy>;
}

/** Deploys the fixture twice with the real engine, under the shop's policies. */
export async function deployVersions(): Promise<VersionsStack> {
    const engine = await LocalEngine.create(program, "test");
    const deployed = async (newCall: boolean): Promise<ReadonlyMap<string, DeployedProxy>> => {
        const up = await engine.up({
            args: ["--policy-pack", policies, "--policy-pack-config", join(program, "policy-config.json")],
            config: { "versions:newCall": String(newCall) },
        });
        if (up.code !== 0) {
            throw new Error(`the fixture was not deployed:\n${up.output}`);
        }
        return deployedProxies({ deployment: { resources: await engine.exportState(true) } });
    };
    try {
        const before = await deployed(false);
        return { before, after: await deployed(true) };
    } finally {
        engine.remove();
    }
}
