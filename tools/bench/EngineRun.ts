import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { watchMemory } from "./peakMemory";

const localPulumi = resolve(__dirname, "../../local/pulumi");
/** Runs policies in the engine that decide nothing: what the engine's own calls cost is on both sides. */
export const emptyPack = ["--policy-pack", join(__dirname, "programs/empty-pack")];

export interface PreviewTime {
    /** From the engine's first event to its last: without what local mode does before it starts the engine. */
    readonly seconds: number;
    /** From there to the program's first registration; the stack itself, which the runtime registers, does not count. */
    readonly firstRegistrationSeconds: number;
    readonly resources: number;
    /** Most memory that engine, program, providers and policy pack held together at any time. */
    readonly mebibytes: number;
}

/** The local engine with a state of its own, which goes when the measurement is over. */
export class EngineRun {
    private constructor(private readonly state: string) {}

    static async with<T>(measure: (engine: EngineRun) => Promise<T>): Promise<T> {
        const state = await mkdtemp(join(tmpdir(), "bench-"));
        try {
            return await measure(new EngineRun(state));
        } finally {
            await rm(state, { recursive: true, force: true });
        }
    }

    /** Makes a stack of the project in a folder. */
    async createStack(folder: string, stack = "dev"): Promise<void> {
        await this.run(["-C", folder, "stack", "init", stack]);
    }

    /** A preview of an empty stack, timed by the engine's own events as they arrive. */
    async preview(
        folder: string,
        policies: readonly string[],
        config: Readonly<Record<string, number>> = {},
        stack = "dev",
    ): Promise<PreviewTime> {
        const settings = Object.entries(config).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
        const args = ["-C", folder, "preview", "--stack", stack, "--json", ...policies, ...settings];
        let begun: number | undefined;
        let first: number | undefined;
        let resources = 0;
        const mebibytes = await this.run(args, (line) => {
            const event = JSON.parse(line) as { resourcePreEvent?: { metadata: { type: string } } };
            begun ??= performance.now();
            const type = event.resourcePreEvent?.metadata.type;
            if (type !== undefined && type !== "pulumi:pulumi:Stack") {
                first ??= performance.now();
                resources += 1;
            }
        });
        if (begun === undefined || first === undefined) {
            throw new Error(`${folder} registered nothing`);
        }
        const since = (end: number): number => (end - (begun ?? end)) / 1000;
        return {
            seconds: since(performance.now()),
            firstRegistrationSeconds: since(first),
            resources,
            mebibytes,
        };
    }

    private async run(args: readonly string[], onLine?: (line: string) => void): Promise<number> {
        const child = spawn(localPulumi, ["--non-interactive", ...args], {
            env: {
                ...process.env,
                LOCAL_STATE_DIR: this.state,
                PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
            },
            stdio: ["ignore", "pipe", "pipe"],
        });
        const memory = watchMemory(child.pid ?? 0);
        let errors = "";
        const tail: string[] = [];
        child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
        createInterface({ input: child.stdout }).on("line", (line) => {
            tail.push(line);
            tail.splice(0, tail.length - 5);
            onLine?.(line);
        });
        const [code] = (await once(child, "close")) as [number | null];
        const mebibytes = memory.stop();
        if (code !== 0) {
            throw new Error(
                `local/pulumi ${args.join(" ")} ended with ${String(code)}:\n${errors}${tail.join("\n")}`,
            );
        }
        return mebibytes;
    }
}
