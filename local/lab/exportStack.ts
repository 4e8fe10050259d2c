import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../setup/places";
import type { StackExport } from "./deployedProxies";
import { LabUnavailable } from "./startFailure";

const largestExport = 256 * 1_048_576;

/** What is deployed in local mode, with its secrets; throws `LabUnavailable` where nothing is. */
export async function exportStack(stack: string): Promise<StackExport> {
    const args = ["stack", "export", "--stack", stack, "--show-secrets"];
    const options = { cwd: ROOT, maxBuffer: largestExport };
    const { stdout } = await promisify(execFile)(join(ROOT, "local", "pulumi"), args, options).catch(
        (error: unknown) => {
            const { stderr = "" } = error as { readonly stderr?: string };
            throw new LabUnavailable(`stack "${stack}" is not deployed: run make up\n${stderr}`.trim());
        },
    );
    const exported = JSON.parse(stdout) as StackExport;
    if ((exported.deployment.resources ?? []).length === 0) {
        throw new LabUnavailable(`stack "${stack}" is empty: run make up STACK=${stack}`);
    }
    return exported;
}
