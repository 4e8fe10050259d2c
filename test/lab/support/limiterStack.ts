import { join } from "node:path";
import { deployedProxies, type DeployedProxy, type StackExport } from "../../../local/lab/deployedProxies";
import { LocalEngine } from "../../support/engine/LocalEngine";

const program = join(__dirname, "../fixtures/limiter");
const policies = join(__dirname, "../../../policies");

/** The fixture, whose ingress falls back to its share, and the ingress that refuses instead. */
export interface LimiterStack {
    readonly stack: StackExport;
    readonly proxies: ReadonlyMap<string, DeployedProxy>;
    readonly refusingIngress: DeployedProxy;
}

/** Deploys the fixture twice with the real engine, under the shop's policies. */
export async function deployLimiter(): Promise<LimiterStack> {
    const engine = await LocalEngine.create(program, "test");
    const deployed = async (onFailure: string): Promise<StackExport> => {
        const up = await engine.up({
            args: ["--policy-pack", policies],
            config: { "limiter:onFailure": onFailure },
        });
        if (up.code !== 0) {
            throw new Error(`the fixture was not deployed:\n${up.output}`);
        }
        return { deployment: { resources: await engine.exportState(true) } };
    };
    try {
        const refusingIngress = deployedProxies(await deployed("refuse")).get("ingress");
        const stack = await deployed("local");
        return { stack, proxies: deployedProxies(stack), refusingIngress: refusingIngress! };
    } finally {
        engine.remove();
    }
}
