import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { envoyBinary, EnvoyUnavailable } from "../../local/lab/envoyBinary";

/**
 * The real Envoy for a suite. Where it cannot be installed the suite is skipped loudly; in CI that is a failure.
 */
export async function requireEnvoy(context: Mocha.Context): Promise<string> {
    try {
        return await envoyBinary();
    } catch (error) {
        if (!(error instanceof EnvoyUnavailable) || process.env.CI !== undefined) {
            throw error;
        }
        process.stderr.write(`\n*** SKIPPED, needs Envoy: ${error.message}\n`);
        return context.skip();
    }
}

/** Has Envoy read a bootstrap's text; returns what it says apart from information, or throws with its reason. */
export async function validateBootstrap(
    binary: string,
    bootstrap: string,
    environment: Record<string, string>,
): Promise<string> {
    const args = ["--mode", "validate", "--log-level", "warning", "--config-yaml", bootstrap];
    const { stdout, stderr } = await promisify(execFile)(binary, args, { env: environment });
    return `${stdout}${stderr}`;
}
