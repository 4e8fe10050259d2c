import { join, resolve } from "node:path";
import { alternate, report, type Comparison } from "./comparison";
import { emptyPack, EngineRun } from "./EngineRun";

const rounds = 3;
/** The smallest is held against the largest: a second more or less counts there, and a round is short. */
const roundsOfSmallest = 9;
const counts = [8, 64, 128];
const most = 1.3;
const pack = ["--policy-pack", resolve(__dirname, "../../policies")];
const program = join(__dirname, "programs/services");

/** What the pack's own judging adds to a preview: the engine's calls for policies are on both sides. */
async function main(): Promise<void> {
    const comparisons = await EngineRun.with(async (engine) => {
        await engine.createStack(program);
        const found: Comparison[] = [];
        for (const count of counts) {
            found.push(await withPack(engine, count, found[0]));
        }
        return found;
    });
    process.exitCode = report(rounds, comparisons);
}

/** A larger mesh may cost no more than the smallest, as a share of its preview. */
async function withPack(
    engine: EngineRun,
    services: number,
    smallest: Comparison | undefined,
): Promise<Comparison> {
    const preview = (policies: readonly string[]): ReturnType<EngineRun["preview"]> =>
        engine.preview(program, policies, { "bench:services": services });
    const { left, right } = await alternate(
        smallest === undefined ? roundsOfSmallest : rounds,
        () => preview(pack),
        () => preview(emptyPack),
        ({ seconds }) => seconds,
    );
    return {
        what: `preview of ${services} services with the pack : with an empty pack`,
        ratio: left / right,
        atMost: services === counts.at(-1) ? Math.min(most, smallest?.ratio ?? most) : most,
        details: `${left.toFixed(2)} s : ${right.toFixed(2)} s`,
    };
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
