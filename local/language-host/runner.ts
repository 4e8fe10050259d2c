import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Finds one of the SDK's runners in the program's own node_modules: program and runner must share one SDK.
 * `install` is the command that the user is told to run where there is none.
 */
export function findRunner(runner: string, programFolder: string, install: string): string {
    try {
        return createRequire(join(programFolder, "package.json")).resolve(`@pulumi/pulumi/cmd/${runner}`);
    } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") {
            throw new Error(`It looks like the Pulumi SDK has not been installed. Have you run ${install}?`, {
                cause: error,
            });
        }
        throw error;
    }
}
