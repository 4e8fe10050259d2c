import type { DeployedProxy, StackExport } from "../deployedProxies";
import { ToolUnavailable } from "../../setup/pinnedTool";
import { deployedStoreUsers } from "./deployedStore";
import { limiterBinary } from "./limiterBinary";
import type { LimiterSetup } from "./LimiterProcess";
import { storeBinary } from "./storeBinary";
import { StoreProcess } from "./StoreProcess";

export interface LabLimits {
    readonly setup: LimiterSetup;
    readonly store: StoreProcess;
}

/**
 * A store, and what runs the limiter, for a stack that has one. Where this machine lacks a program it says so, and answers nothing:
 * the mesh can be looked at without.
 */
export async function labLimits(
    stack: StackExport,
    proxies: ReadonlyMap<string, DeployedProxy>,
    network: number,
): Promise<LabLimits | undefined> {
    if (![...proxies.values()].some(({ limiter }) => limiter !== undefined)) {
        return undefined;
    }
    try {
        const binary = await limiterBinary();
        const store = await StoreProcess.start({
            binary: storeBinary(),
            host: `127.77.${network}.2`,
            users: deployedStoreUsers(stack),
        });
        return { store, setup: { binary, store: store.at } };
    } catch (error) {
        if (!(error instanceof ToolUnavailable)) {
            throw error;
        }
        console.log(`the limiter is played by a stub, and each ingress holds its share: ${error.message}`);
        return undefined;
    }
}
