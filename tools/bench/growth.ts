import { join, resolve } from "node:path";
import { median } from "simple-statistics";
import { machine } from "./comparison";
import { EngineRun, type PreviewTime } from "./EngineRun";

const rounds = 3;
const sizes = [64, 128, 256];
/** Twice the services may take twice the time and memory, and a tenth for what the machine does besides. */
const atMost = 2.2;
const program = join(__dirname, "programs/catalogue");
const pack = [
    "--policy-pack",
    resolve(__dirname, "../../policies"),
    "--policy-pack-config",
    join(program, "policy-config.json"),
];

interface Size {
    readonly services: number;
    readonly resources: number;
    readonly seconds: number;
    readonly mebibytes: number;
}

/** Time and memory of a preview with the pack of a generated catalogue, each size twice the one before: `growth.ts 8 16`. */
async function main(counts: readonly number[]): Promise<void> {
    console.log(`${machine()}; medians of ${rounds}\n`);
    await EngineRun.with(async (engine) => {
        await engine.createStack(program);
        let before: Size | undefined;
        for (const services of counts) {
            const size = await measure(engine, services);
            process.exitCode = report(size, before) ? process.exitCode : 1;
            before = size;
        }
    });
}

async function measure(engine: EngineRun, services: number): Promise<Size> {
    const runs: PreviewTime[] = [];
    for (let round = 0; round < rounds; round += 1) {
        runs.push(await engine.preview(program, pack, { "bench:services": services }));
    }
    return {
        services,
        resources: median(runs.map(({ resources }) => resources)),
        seconds: median(runs.map(({ seconds }) => seconds)),
        mebibytes: median(runs.map(({ mebibytes }) => mebibytes)),
    };
}

/** Says what was measured, and whether it grew no more than it may. */
function report({ mebibytes, resources, seconds, services }: Size, before: Size | undefined): boolean {
    const [time, memory] =
        before === undefined ? [0, 0] : [seconds / before.seconds, mebibytes / before.mebibytes];
    const scale = before === undefined ? 1 : services / before.services;
    const isLinear = Math.max(time, memory) <= (atMost / 2) * scale;
    const grown = before === undefined ? "" : `; times ${time.toFixed(2)}, memory times ${memory.toFixed(2)}`;
    console.log(
        `${isLinear ? "ok    " : "MISSED"} ${services} services: ${resources} resources, ${seconds.toFixed(1)} s, ${mebibytes} MiB${grown}`,
    );
    return isLinear;
}

const asked = process.argv.slice(2).map(Number);
main(asked.length > 0 ? asked : sizes).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
