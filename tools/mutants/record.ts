import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalEngine, SHOP, type RunOptions } from "../../test/support/engine/LocalEngine";
import { shopOnAppMesh } from "../../test/support/engine/shopOnAppMesh";
import { excepting } from "../../test/policies/appmesh/program";

/** Writes the recordings of one deploy, or of two that belong together, and what judges each, into a folder. */
export type Recorder = (folder: string) => Promise<void>;

type Moment = "preview" | "up";
type Configuration = Readonly<Record<string, unknown>>;

const recorder = join(__dirname, "recorder");
const examples = join(SHOP, "examples");

function read(file: string): Configuration {
    return JSON.parse(readFileSync(file, "utf8")) as Configuration;
}

function keep(folder: string, program: string, configuration: Configuration): void {
    writeFileSync(join(folder, `${program}-policies.json`), JSON.stringify(configuration));
}

/** A run of the engine that has to succeed; `program` names the recording, none is made without. */
async function run(
    engine: LocalEngine,
    moment: Moment,
    folder: string,
    program?: string,
    options: RunOptions = {},
): Promise<void> {
    const recorded: RunOptions =
        program === undefined
            ? {}
            : {
                  args: ["--policy-pack", recorder],
                  environment: { POLICY_RECORDING: join(folder, `${program}-${moment}.json`) },
              };
    const { code, output } = await engine[moment]({ ...options, ...recorded });
    if (code !== 0) {
        throw new Error(`the ${moment} of ${engine.project} exited with ${code}:\n${output}`);
    }
}

async function backend(project: string, stack: string, folder: string): Promise<LocalEngine> {
    const state = join(folder, "state");
    mkdirSync(state, { recursive: true });
    return LocalEngine.create(project, stack, state);
}

/** A stack of the shop, from an empty account. Stack settings that the engine writes into the project are put back. */
export function shop(stack: string): Recorder {
    return async (folder) => {
        const settings = join(SHOP, `Pulumi.${stack}.yaml`);
        const before = readFileSync(settings, "utf8");
        try {
            const engine = await backend(SHOP, stack, folder);
            await run(engine, "preview", folder, stack);
            await run(engine, "up", folder, stack);
        } finally {
            writeFileSync(settings, before);
        }
        keep(folder, stack, read(join(SHOP, "stacks/policy-config.json")));
    };
}

/** The shop on the data plane that its pack refuses, with the exceptions of somebody who answers for it. */
export const appMesh: Recorder = async (folder) => {
    const edited = shopOnAppMesh();
    try {
        const engine = await backend(edited.folder, "dev", folder);
        await run(engine, "preview", folder, "app-mesh");
        await run(engine, "up", folder, "app-mesh");
    } finally {
        edited.remove();
    }
    keep(folder, "app-mesh", excepting());
};

/** A platform and its guest, from the moment when each knows the other: the guest publishes its API, the platform calls it. */
export const guests: Recorder = async (folder) => {
    const platform = await backend(join(examples, "platform"), "dev", folder);
    const loyalty = await LocalEngine.beside(platform, join(examples, "loyalty"), "dev");
    const calling = { config: { "platform:loyaltyStack": "organization/loyalty/dev" } };
    const published = { config: { "loyalty:published": "true" } };
    await run(platform, "up", folder);
    await run(loyalty, "up", folder);
    await run(platform, "preview", folder, "platform", calling);
    await run(platform, "up", folder, "platform", calling);
    await run(loyalty, "preview", folder, "loyalty", published);
    await run(loyalty, "up", folder, "loyalty", published);
    keep(folder, "platform", read(join(examples, "platform/policy-config.json")));
    keep(folder, "loyalty", await believing(platform));
};

/** The guest's configuration, with what its platform says of itself, as whoever lets it join would write it down. */
async function believing(platform: LocalEngine): Promise<Configuration> {
    const outputs = (await platform.outputs()) as Record<string, { fingerprint: string } | undefined>;
    const fingerprints = ["meshHandOver", "apiHandOver"].map((name) => outputs[name]?.fingerprint);
    const stack = { stack: "organization/platform/dev", fingerprints, members: ["loyalty-service"] };
    return {
        ...read(join(examples, "loyalty/policy-config.json")),
        "base-stack-references": { enforcementLevel: "mandatory", stacks: [stack] },
    };
}
