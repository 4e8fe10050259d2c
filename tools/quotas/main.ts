import Table from "cli-table3";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { runEngine } from "../ci/engine";
import { compare } from "./compare";
import { quotas, settings, type Planned } from "./quotas";

const engine = resolve("local", "pulumi");

/** What a stack needs against AWS's quotas, from a preview of an empty account on emulated AWS; fails where it does not fit. */
async function main(stack: string): Promise<void> {
    const rows = compare(quotas, await planned(stack), grantedTo(stack));
    const table = new Table({
        head: ["quota", "needed", "allowed", "", "source"],
        style: { head: [], border: [] },
    });
    for (const { name, need, quota, granted, source, fits } of rows) {
        table.push([name, need, granted ? `${quota} (granted)` : quota, fits ? "" : "DOES NOT FIT", source]);
    }
    console.log(table.toString());
    const short = rows.filter(({ fits }) => !fits);
    if (short.length > 0) {
        console.error(
            `${stack} does not fit: ${short.map(({ name }) => name).join(", ")}. Ask for more in Service Quotas before you deploy.`,
        );
        process.exitCode = 1;
    }
}

async function planned(stack: string): Promise<readonly Planned[]> {
    const state = mkdtempSync(join(tmpdir(), "quotas-"));
    const environment = { ...process.env, LOCAL_STATE_DIR: state };
    try {
        execFileSync(engine, ["stack", "init", stack], {
            env: environment,
            stdio: ["ignore", "ignore", "inherit"],
        });
        const { code, events } = await runEngine(engine, "preview", stack, environment, "errors only");
        if (code !== 0) {
            throw new Error(`the preview ended with ${code}; see \`make preview STACK=${stack}\``);
        }
        return events.flatMap(({ resourcePreEvent: event }) => {
            const made = event?.metadata.new;
            return made === undefined || made === null
                ? []
                : [{ type: made.type, parent: made.parent, inputs: made.inputs }];
        });
    } finally {
        rmSync(state, { recursive: true, force: true });
    }
}

/** What the stack's settings say that AWS has granted. */
function grantedTo(stack: string): Readonly<Record<string, number>> {
    const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as {
        config: { "traffic:quotas"?: Partial<Record<keyof typeof settings, number>> };
    };
    const granted = Object.entries(config["traffic:quotas"] ?? {});
    return Object.fromEntries(
        granted.map(([setting, value]) => [settings[setting as keyof typeof settings], value]),
    );
}

void main(process.argv[2] ?? "");
