import { readdirSync, readFileSync } from "node:fs";

const sampleMs = 100;
const pageBytes = 4096;

/** Samples what a process and all below it hold in memory; `stop` says the most at any time, in MiB. Linux only. */
export function watchMemory(root: number): { stop(): number } {
    let most = 0;
    const timer = setInterval(() => {
        most = Math.max(most, treeBytes(root));
    }, sampleMs);
    return {
        stop: () => {
            clearInterval(timer);
            return Math.round(most / 2 ** 20);
        },
    };
}

function treeBytes(root: number): number {
    const parents = new Map<number, number>();
    const sizes = new Map<number, number>();
    for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
        try {
            const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
            // The name in brackets may hold anything; what follows does not.
            const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
            parents.set(Number(entry), Number(fields[1]));
            sizes.set(Number(entry), Number(fields[21]) * pageBytes);
        } catch {
            // It has ended since the folder was read.
        }
    }
    const isBelow = (process: number | undefined): boolean =>
        process !== undefined && process > 1 && (process === root || isBelow(parents.get(process)));
    return [...sizes].reduce((sum, [process, size]) => sum + (isBelow(process) ? size : 0), 0);
}
