import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { EngineRun } from "./EngineRun";
import type { EngineResult } from "./EngineRun";

const ROOT = resolve(__dirname, "..", "..", "..");

/** The program, or the folder of another that a test deploys. */
export const SHOP = ROOT;

const deploymentSchema = z.looseObject({
    deployment: z.looseObject({
        resources: z
            .array(
                z.looseObject({
                    urn: z.string(),
                    type: z.string(),
                    id: z.string().exactOptional(),
                    inputs: z.record(z.string(), z.unknown()).exactOptional(),
                    outputs: z.record(z.string(), z.unknown()).exactOptional(),
                }),
            )
            .default([]),
    }),
});

/** One resource of an exported state. */
export type StateResource = z.infer<typeof deploymentSchema>["deployment"]["resources"][number];

/** What a run may be given besides the defaults of `LocalEngine`. */
export interface RunOptions {
    /** More arguments, for example `["--policy-pack", "policies"]`; relative paths count from the project's folder. */
    readonly args?: readonly string[];
    /** Settings for this run only, for example `{ "traffic:protect": "true" }`. @default none */
    readonly config?: Readonly<Record<string, string>>;
    /** Environment variables for this run only, for example `{ LOCAL_CLOCK: "2030-01-31T00:00:00Z" }`. @default none */
    readonly environment?: Readonly<Record<string, string>>;
}

/** `local/pulumi` on a backend that no other test and no user sees. */
export class LocalEngine {
    private constructor(
        readonly project: string,
        readonly stack: string,
        readonly stateFolder: string,
    ) {}

    static #setUp: Promise<void> | undefined;

    /** Sets the engine up where that is still to be done, and shows its progress. */
    static setUp(): Promise<void> {
        LocalEngine.#setUp ??= new Promise((settle, reject) => {
            const child = spawn(join(ROOT, "local", "pulumi"), ["version"], {
                stdio: ["ignore", "ignore", "inherit"],
            });
            child.once("error", reject);
            child.once("close", (code) => {
                if (code === 0) {
                    settle();
                } else {
                    reject(new Error(`local/pulumi version exited with ${code ?? "a signal"}`));
                }
            });
        });
        return LocalEngine.#setUp;
    }

    /** Creates a stack of another project in the same backend: what one exports the other can read. */
    static async beside(other: LocalEngine, project: string, stack: string): Promise<LocalEngine> {
        const engine = new LocalEngine(project, stack, other.stateFolder);
        await engine.mustRun(["stack", "init", stack]);
        return engine;
    }

    /** Creates the stack on a backend in `folder`, with an engine that is set up. */
    static async create(project: string, stack: string, folder = tmpdir()): Promise<LocalEngine> {
        await LocalEngine.setUp();
        const engine = new LocalEngine(project, stack, mkdtempSync(join(folder, "local-engine-")));
        await engine.mustRun(["stack", "init", stack]);
        return engine;
    }

    /** A backend that holds what another one holds now. */
    static copyOf(stateFolder: string, project: string, stack: string): LocalEngine {
        const engine = new LocalEngine(project, stack, mkdtempSync(join(tmpdir(), "local-engine-")));
        cpSync(stateFolder, engine.stateFolder, { recursive: true });
        return engine;
    }

    /** `pulumi preview` of the stack. */
    preview(options: RunOptions = {}): Promise<EngineResult> {
        return this.run(this.#operation("preview", options), options.environment);
    }

    /** `pulumi up --yes`, without the preview that a user would be shown first. */
    up(options: RunOptions = {}): Promise<EngineResult> {
        return this.run(this.#operation("up", options, ["--yes", "--skip-preview"]), options.environment);
    }

    /** `pulumi destroy --yes`. */
    destroy(options: RunOptions = {}): Promise<EngineResult> {
        return this.run(
            this.#operation("destroy", options, ["--yes", "--skip-preview"]),
            options.environment,
        );
    }

    /** The resources in the stack's state; secrets are encrypted unless `showSecrets`. */
    async exportState(showSecrets = false): Promise<readonly StateResource[]> {
        const secrets = showSecrets ? ["--show-secrets"] : [];
        const text = await this.mustRun(["stack", "export", "--stack", this.stack, ...secrets]);
        return deploymentSchema.parse(JSON.parse(text)).deployment.resources;
    }

    /** The stack's outputs, secrets in plain text. */
    async outputs(): Promise<Record<string, unknown>> {
        const text = await this.mustRun([
            "stack",
            "output",
            "--json",
            "--show-secrets",
            "--stack",
            this.stack,
        ]);
        return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    }

    /** Runs `local/pulumi` with any arguments in the project's folder, to its end. */
    run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<EngineResult> {
        return this.start(args, environment).result;
    }

    /** Starts `local/pulumi`, for tests that interrupt it. */
    start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): EngineRun {
        return new EngineRun(
            join(ROOT, "local", "pulumi"),
            ["--color", "never", "--non-interactive", ...args],
            {
                cwd: this.project,
                env: { ...process.env, ...environment, LOCAL_STATE_DIR: this.stateFolder },
            },
        );
    }

    /** Runs a command that has to succeed; returns its standard output. */
    async mustRun(args: readonly string[]): Promise<string> {
        const result = await this.run(args);
        if (result.code !== 0) {
            throw new Error(`local/pulumi ${args.join(" ")} exited with ${result.code}:\n${result.output}`);
        }
        return result.stdout;
    }

    /** Forgets the backend with all that it holds. Nothing real was deployed. */
    remove(): void {
        rmSync(this.stateFolder, { recursive: true, force: true });
    }

    #operation(
        name: string,
        { args = [], config = {} }: RunOptions,
        flags: readonly string[] = [],
    ): string[] {
        const settings = Object.entries(config).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
        const accepted = name === "destroy" ? [] : settings;
        return [name, "--stack", this.stack, ...flags, ...accepted, ...args];
    }
}
