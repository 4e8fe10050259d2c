import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { outputsSchema, type Outputs } from "./outputs";
import type { VerifySettings } from "./settings";

const PROGRAM = join(__dirname, "program");

/** The engine and where it keeps this run's state. */
export interface EngineChoice {
    /** `pulumi` for AWS; `local/pulumi` for a rehearsal. */
    readonly executable: string;
    readonly environment: NodeJS.ProcessEnv;
    /** Whether nothing of it is in an account. @default false */
    readonly isRehearsal?: boolean;
}

/** The probe's stack: of its own name, in a folder of its own, so that it can be destroyed later if this run could not. */
export class Deployment {
    readonly name: string;
    readonly #folder: string;
    readonly #settings: VerifySettings;
    readonly #engine: EngineChoice;

    constructor(name: string, base: string, settings: VerifySettings, engine: EngineChoice) {
        this.name = name;
        this.#folder = join(base, name);
        this.#settings = settings;
        this.#engine = engine;
    }

    /** What a person types who has to clean up: everything that the engine needs to know is in the run's folder. */
    get cleanUp(): string {
        const rehearsal = this.#engine.isRehearsal === true ? "--rehearse " : "";
        return `make verify-aws ARGS="${rehearsal}--destroy ${this.name}"`;
    }

    /** Aborting `interrupted` lets the engine end what it has begun. */
    async up(
        origins: readonly [string, string],
        more: Readonly<Record<string, string>> = {},
        interrupted?: AbortSignal,
    ): Promise<Outputs> {
        mkdirSync(this.#folder, { recursive: true });
        writeFileSync(join(this.#folder, "settings.json"), JSON.stringify(this.#settings));
        await this.#run(["stack", "select", "--create", this.name]);
        const { domain, hostedZoneId, images, issuer, privateCaArn, region } = this.#settings;
        const config: Record<string, string | undefined> = {
            "aws:region": region,
            "verify:domain": domain,
            "verify:hostedZoneId": hostedZoneId,
            "verify:images": JSON.stringify(images),
            "verify:origins": JSON.stringify(origins),
            "verify:certificateHours": "720",
            "verify:issuer": issuer === undefined ? undefined : JSON.stringify(issuer),
            "verify:privateCaArn": privateCaArn,
            ...Object.fromEntries(Object.entries(more).map(([key, value]) => [`verify:${key}`, value])),
        };
        const given = Object.entries(config).flatMap(([key, value]) =>
            value === undefined ? [] : ["--config", `${key}=${value}`],
        );
        await this.#run(
            ["up", "--yes", "--skip-preview", "--stack", this.name, ...given],
            "shown",
            interrupted,
        );
        const text = await this.#run(
            ["stack", "output", "--json", "--show-secrets", "--stack", this.name],
            "quiet",
        );
        const { outputs } = JSON.parse(text) as { outputs: unknown };
        return outputsSchema.parse(outputs);
    }

    /** Leaves nothing: where that fails the folder stays, with what is needed to try again. */
    async destroy(): Promise<void> {
        if (existsSync(this.#folder)) {
            await this.#run(["destroy", "--yes", "--skip-preview", "--stack", this.name]);
            rmSync(this.#folder, { recursive: true, force: true });
            rmSync(settingsFile(this.name), { force: true });
        }
    }

    #run(
        args: readonly string[],
        output: "shown" | "quiet" = "shown",
        interrupted?: AbortSignal,
    ): Promise<string> {
        const { environment, executable } = this.#engine;
        return new Promise((resolve, reject) => {
            const child = spawn(executable, [...args, "--non-interactive", "--color", "never"], {
                cwd: PROGRAM,
                env: { ...environment, ...this.#backend() },
                stdio: ["ignore", "pipe", "inherit"],
                // A group of its own: Ctrl-C is for this process, which destroys; the engine ends what it has begun.
                detached: true,
            });
            const interrupt = (): void => {
                child.kill("SIGINT");
            };
            interrupted?.addEventListener("abort", interrupt);
            const held: Buffer[] = [];
            child.stdout.on("data", (chunk: Buffer) => {
                held.push(chunk);
                if (output === "shown") {
                    process.stderr.write(chunk);
                }
            });
            child.once("error", reject);
            child.once("close", (code) => {
                interrupted?.removeEventListener("abort", interrupt);
                if (code === 0) {
                    resolve(Buffer.concat(held).toString("utf8"));
                } else {
                    reject(
                        new Error(
                            `${executable} ${args.slice(0, 2).join(" ")} ended with ${code ?? "a signal"}`,
                        ),
                    );
                }
            });
        });
    }

    #backend(): NodeJS.ProcessEnv {
        const file = join(this.#folder, "passphrase");
        if (!existsSync(file)) {
            writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
        }
        return {
            LOCAL_STATE_DIR: this.#folder,
            PULUMI_BACKEND_URL: `file://${this.#folder}`,
            PULUMI_CONFIG_PASSPHRASE: readFileSync(file, "utf8"),
        };
    }
}

/** Pulumi writes a stack's settings beside the program, wherever its state is. */
function settingsFile(stack: string): string {
    return join(PROGRAM, `Pulumi.${stack}.yaml`);
}
