import { join, resolve } from "node:path";
import { EngineRun, type PreviewTime } from "./EngineRun";

const rounds = 3;
const counts = [64, 128, 256];
/** Twice the services may take twice the time and memory, and a tenth for what the machine does besides. */
const atMost = 2.2;
const pack = ["--policy-pack", resolve(__dirname, "../../policies")];
const program = join(__dirname, "programs/services");

interface Size {
    readonly services: number;
    readonly resources: number;
    readonly seconds: number;
    readonly mebibytes: number;
}

/** Time and memory of a preview with the pack, from one size to twice that. */
async function main(): Promise<void> {
    const sizes = await EngineRun.with(async (engine) => {
        await engine.createStack(program);
        const found: Size[] = [];
        for (const services of counts) {
            const runs: PreviewTime[] = [];
            for (let round = 0; round < rounds; round += 1) {
                runs.push(await engine.preview(program, pack, { "bench:services": services }));
            }
            found.push({
                services,
                resources: runs[0]?.resources ?? 0,
                seconds: median(runs.map(({ seconds }) => seconds)),
                mebibytes: median(runs.map(({ mebibytes }) => mebibytes)),
            });
        }
        return found;
    });
    for (const [index, size] of sizes.entries()) {
        const { services, resources, seconds, mebibytes } = size;
        const before = sizes[index - 1];
        const ratios = before === undefined ? [] : [seconds / before.seconds, mebibytes / before.mebibytes];
        const grown = ratios.map((ratio) => ratio.toFixed(2)).join(", ");
        console.log(
            `${services} services: ${resources} resources, ${seconds.toFixed(1)} s, ${mebibytes} MiB ${grown}`,
        );
        if (ratios.some((ratio) => ratio > atMost)) {
            process.exitCode = 1;
        }
    }
}

function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
