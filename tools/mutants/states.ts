import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Recorded } from "./recording";
import type { State } from "./run";

const project = join(__dirname, "../..");
const stacks = ["dev", "prod"];
const moments = ["preview", "up"] as const;
const run = promisify(execFile);

/**
 * The shop's stacks as policies see them, at the first preview of an empty account and after the deploy, with the real engine and emulated
 * providers. `POLICY_RECORDINGS` names a folder in which recordings are kept: those that it has are used again.
 */
export async function states(): Promise<readonly State[]> {
    const given = process.env.POLICY_RECORDINGS;
    const folder = given ?? (await mkdtemp(join(tmpdir(), "recordings-")));
    for (const stack of stacks.filter((name) => !existsSync(join(folder, `${name}-up.json`)))) {
        await record(stack, folder);
    }
    const all = stacks.flatMap((stack) => moments.map((moment) => ({ stack, moment })));
    const read = await Promise.all(
        all.map(async ({ stack, moment }) => {
            const text = await readFile(join(folder, `${stack}-${moment}.json`), "utf8");
            return { stack, moment, program: JSON.parse(text) as readonly Recorded[] };
        }),
    );
    if (given === undefined) {
        await rm(folder, { recursive: true });
    }
    return read;
}

/** In a copy of the engine's state of its own: stack settings that the engine writes into the project are put back. */
async function record(stack: string, folder: string): Promise<void> {
    const settings = join(project, `Pulumi.${stack}.yaml`);
    const before = await readFile(settings, "utf8");
    const pulumi = async (args: readonly string[], recording = ""): Promise<void> => {
        await run(join(project, "local/pulumi"), [...args, "--stack", stack], {
            cwd: project,
            env: { ...process.env, LOCAL_STATE_DIR: join(folder, "state"), POLICY_RECORDING: recording },
            maxBuffer: 1 << 28,
        });
    };
    const recorder = ["--policy-pack", join(__dirname, "recorder")];
    try {
        await pulumi(["stack", "init"]);
        await pulumi(["preview", ...recorder], join(folder, `${stack}-preview.json`));
        await pulumi(["up", "--yes", "--skip-preview", ...recorder], join(folder, `${stack}-up.json`));
    } finally {
        await writeFile(settings, before);
    }
}
