import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { join, resolve } from "node:path";
import { alternate, report, type Comparison } from "./comparison";
import { emptyPack, EngineRun, type PreviewTime } from "./EngineRun";

const rounds = 5;
const root = resolve(__dirname, "../..");
const programs = join(__dirname, "programs");
const pack = ["--policy-pack", join(root, "policies")];
/** The shop's own reviewed exceptions are of no use to another program, which the pack would report. */
const shopPack = [...pack, "--policy-pack-config", join(root, "stacks/policy-config.json")];

async function main(): Promise<void> {
    const comparisons = await EngineRun.with(async (engine) => {
        await engine.createStack(root);
        await engine.createStack(join(programs, "plain"));
        await engine.createStack(join(programs, "services"));
        return [await againstPlain(engine), await growth(engine), await startUp(engine)];
    });
    process.exitCode = report(rounds, comparisons);
}

/** The shop under its policies against as many plain resources under none. */
async function againstPlain(engine: EngineRun): Promise<Comparison> {
    const { resources } = await engine.preview(root, shopPack);
    const { left, right } = await alternate(
        rounds,
        () => engine.preview(root, shopPack),
        () => engine.preview(join(programs, "plain"), emptyPack, { "bench:resources": resources }),
        ({ seconds }) => seconds,
    );
    return {
        what: "preview of the dev stack with the pack : as many plain resources with an empty pack",
        ratio: left / right,
        atMost: 1.5,
        details: `${resources} resources; ${left.toFixed(2)} s : ${right.toFixed(2)} s`,
    };
}

/** What a resource costs in a large mesh against a small one. */
async function growth(engine: EngineRun): Promise<Comparison> {
    const perResource = ({ seconds, resources }: PreviewTime): number => (1000 * seconds) / resources;
    const services = (count: number): Promise<PreviewTime> =>
        engine.preview(join(programs, "services"), pack, { "bench:services": count });
    const { left, right } = await alternate(
        rounds,
        () => services(128),
        () => services(8),
        perResource,
    );
    return {
        what: "time per resource at 128 services : at 8",
        ratio: left / right,
        atMost: 1.3,
        details: `${left.toFixed(1)} ms : ${right.toFixed(1)} ms a resource, with the pack`,
    };
}

/** The same program with this project's runtime options against Pulumi's default TypeScript settings. */
async function startUp(engine: EngineRun): Promise<Comparison> {
    const twin = await withDefaultTypeScript();
    try {
        await engine.createStack(twin, "twin");
        const { left, right } = await alternate(
            rounds,
            () => engine.preview(root, emptyPack),
            () => engine.preview(twin, emptyPack, {}, "twin"),
            ({ firstRegistrationSeconds }) => firstRegistrationSeconds,
        );
        return {
            what: "to the first registration, types stripped : with Pulumi's default TypeScript settings",
            ratio: left / right,
            atMost: 0.9,
            details: `${left.toFixed(2)} s : ${right.toFixed(2)} s`,
        };
    } finally {
        rmSync(twin, { recursive: true, force: true });
    }
}

/** A copy of the program whose Pulumi.yaml leaves the runtime's options at their defaults; its stack is called `twin`. */
async function withDefaultTypeScript(): Promise<string> {
    mkdirSync(join(root, ".local"), { recursive: true });
    const twin = await mkdtemp(join(root, ".local", "bench-twin-"));
    for (const part of ["index.ts", "components", "stacks", "apis", "tsconfig.json", "package.json"]) {
        cpSync(join(root, part), join(twin, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(twin, "node_modules"));
    writeFileSync(join(twin, "Pulumi.yaml"), "name: traffic\nruntime: nodejs\nmain: index.ts\n");
    cpSync(join(root, "Pulumi.dev.yaml"), join(twin, "Pulumi.twin.yaml"));
    return twin;
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
