import { cpus, totalmem } from "node:os";
import { median } from "simple-statistics";
import type { PreviewTime } from "./EngineRun";

/** Two sides of one measurement, and how much the left one may cost. */
export interface Comparison {
    readonly what: string;
    readonly ratio: number;
    readonly atMost: number;
    readonly details: string;
}

/** Medians of two sides that alternate in one run, so that a busy machine slows both. */
export async function alternate(
    rounds: number,
    left: () => Promise<PreviewTime>,
    right: () => Promise<PreviewTime>,
    measured: (time: PreviewTime) => number,
): Promise<{ left: number; right: number }> {
    const lefts: number[] = [];
    const rights: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
        lefts.push(measured(await left()));
        rights.push(measured(await right()));
    }
    return { left: median(lefts), right: median(rights) };
}

/** What was measured on. */
export function machine(): string {
    const gibibytes = Math.round(totalmem() / 2 ** 30);
    return `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), ${gibibytes} GiB, Node ${process.version}`;
}

/** Prints the machine and every comparison; answers with the exit code. */
export function report(rounds: number, comparisons: readonly Comparison[]): number {
    console.log(`\n${machine()}; medians of ${rounds}\n`);
    for (const { what, ratio, atMost, details } of comparisons) {
        const verdict = ratio <= atMost ? "ok" : "MISSED";
        console.log(
            `${verdict.padEnd(7)} ${ratio.toFixed(2)} (at most ${atMost.toFixed(2)})  ${what}\n        ${details}`,
        );
    }
    return comparisons.every(({ ratio, atMost }) => ratio <= atMost) ? 0 : 1;
}
