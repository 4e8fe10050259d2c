import type { Deployment } from "./deployment";
import type { Outputs } from "./outputs";

/** Exit code where something was left that costs money. */
const LEFT_BEHIND = 2;

/** Deploys the probe for as long as `use` needs it, and destroys it in any case: also after a failure, and after Ctrl-C. */
export async function withProbe<Result>(
    deployment: Deployment,
    origins: readonly [string, string],
    use: (outputs: Outputs, interrupted: AbortSignal) => Promise<Result>,
    warn: (text: string) => void,
): Promise<Result> {
    const interrupted = new AbortController();
    const stop = (): void => {
        warn("\nInterrupted: what was deployed is destroyed now. Please let it.");
        interrupted.abort();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
    try {
        return await use(await deployment.up(origins, {}, interrupted.signal), interrupted.signal);
    } finally {
        await destroyed(deployment, warn);
        process.off("SIGINT", stop).off("SIGTERM", stop);
    }
}

async function destroyed(deployment: Deployment, warn: (text: string) => void): Promise<void> {
    try {
        await deployment.destroy();
    } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        warn(`NOT DESTROYED: ${why}. It goes on costing money. Try again: ${deployment.cleanUp}`);
        process.exitCode = LEFT_BEHIND;
    }
}
