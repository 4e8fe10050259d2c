import { limiterBinary } from "../../local/lab/limiter/limiterBinary";
import { storeBinary } from "../../local/lab/limiter/storeBinary";
import { ToolUnavailable } from "../../local/setup/pinnedTool";

export interface LimiterTools {
    readonly limiter: string;
    readonly store: string;
}

/** The real limiter and a real store for a suite. Where they cannot be had the suite is skipped loudly; in CI that is a failure. */
export async function requireLimiter(context: Mocha.Context): Promise<LimiterTools> {
    try {
        return { store: storeBinary(), limiter: await limiterBinary() };
    } catch (error) {
        if (!(error instanceof ToolUnavailable) || process.env.CI !== undefined) {
            throw error;
        }
        process.stderr.write(`\n*** SKIPPED, needs a limiter and its store: ${error.message}\n`);
        return context.skip();
    }
}
