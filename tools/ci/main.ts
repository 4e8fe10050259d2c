import { join } from "node:path";
import { parseArgs } from "node:util";
import { askGitHub, deployedCommit } from "./deployedCommit";
import { deploy, drift, preview, renew } from "./commands";
import { Refusal, type CiRun } from "./judge";
import { previewLocally } from "./locally";

const usage = `use: preview|drift|renew|deployed STACK, deploy STACK --approved FILE, locally STACK [--base REF]
with --out FOLDER (where plan.json and comment.md go) and --engine COMMAND (default: pulumi)`;

/** What the workflows run, and `make ci-preview`. Everything that deploys goes through here, under the policy pack. */
async function main(args: readonly string[]): Promise<void> {
    const { positionals, values } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
            out: { type: "string" },
            engine: { type: "string", default: "pulumi" },
            approved: { type: "string" },
            base: { type: "string", default: "" },
        },
    });
    const [command = "", stack = ""] = positionals;
    const out = values.out ?? join(".local", "ci", stack);
    const run: CiRun = { engine: values.engine, stack, out, environment: process.env };
    if (!/^[a-z][a-z0-9-]*$/.test(stack) || positionals.length !== 2) {
        throw new Refusal(usage);
    }
    if (command === "deploy" && values.approved !== undefined) {
        await deploy(run, values.approved);
    } else if (command === "deployed") {
        console.log(await deployedCommit(stack, askGitHub(process.env)));
    } else if (command === "locally") {
        await previewLocally(stack, out, values.base);
    } else {
        const simple = { preview, drift, renew }[command];
        if (simple === undefined) {
            throw new Refusal(usage);
        }
        await simple(run);
    }
}

main(process.argv.slice(2)).catch((error: unknown) => {
    if (!(error instanceof Refusal)) {
        throw error;
    }
    console.error(`ci: ${error.message}`);
    process.exitCode = 1;
});
