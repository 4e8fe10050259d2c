import { availableParallelism } from "node:os";
import type { PackProcess } from "../../test/policies/support/packProcess";
import { startPack } from "./judge";

/** As many pack processes as there are processors: each judges one program at a time. */
export class Packs {
    private constructor(private readonly all: readonly PackProcess[]) {}

    static async start(configuration: Readonly<Record<string, unknown>>): Promise<Packs> {
        const starts = Array.from({ length: availableParallelism() }, () => startPack(configuration));
        return new Packs(await Promise.all(starts));
    }

    /** Lets the processes take one piece of work after the other; results are in the order of the work. */
    async each<T, R>(work: readonly T[], judge: (pack: PackProcess, item: T) => Promise<R>): Promise<R[]> {
        const results = new Map<number, R>();
        const queue = work.entries();
        await Promise.all(
            this.all.map(async (pack) => {
                for (const [index, item] of queue) {
                    results.set(index, await judge(pack, item));
                }
            }),
        );
        return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
    }

    async stop(): Promise<void> {
        await Promise.all(this.all.map((pack) => pack.stop()));
    }
}
