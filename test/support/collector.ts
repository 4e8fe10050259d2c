import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { once } from "node:events";
import * as http from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BuildLock } from "../../local/engine/buildLock";
import { findGo, runGo } from "../../local/engine/go";
import { engineCache } from "../../local/engine/places";
import { SetupFailure } from "../../local/engine/setupFailure";
import { collectorHealthPort } from "../../components/model/ports";
import { readDebugOutput, type Told } from "./collectorOutput";

const module = join(__dirname, "collector");

/** The collector, built once from its Go modules, some minutes. Where there is no Go the suite is skipped loudly; in CI that is a failure. */
export async function requireCollector(context: Mocha.Context): Promise<string> {
    try {
        return await built();
    } catch (error) {
        if (!(error instanceof SetupFailure) || process.env.CI !== undefined) {
            throw error;
        }
        process.stderr.write(`\n*** SKIPPED, needs Go: ${error.message}\n`);
        return context.skip();
    }
}

async function built(): Promise<string> {
    const hash = createHash("sha256");
    for (const file of ["main.go", "go.mod", "go.sum"]) {
        hash.update(readFileSync(join(module, file)));
    }
    const folder = join(engineCache(process.env), "..", "collector", hash.digest("hex").slice(0, 16));
    const executable = join(folder, "collector");
    if (existsSync(executable)) {
        return executable;
    }
    const go = findGo(process.env);
    mkdirSync(folder, { recursive: true });
    const lock = await BuildLock.take(folder);
    try {
        if (!existsSync(executable)) {
            const unfinished = `${executable}.${process.pid}`;
            const args = [
                "build",
                "-mod=readonly",
                "-buildvcs=false",
                "-ldflags",
                "-s -w",
                "-o",
                unfinished,
                ".",
            ];
            await runGo(go, args, lock.signal, () => undefined, module);
            renameSync(unfinished, executable);
        }
    } finally {
        lock.release();
    }
    return executable;
}

/** A collector of one task, with the generated configuration: only its address, and where it writes to, are others. */
export class CollectorProcess {
    readonly #child: ChildProcess;
    #output = "";

    private constructor(binary: string, config: string) {
        this.#child = spawn(binary, ["--config=env:AOT_CONFIG_CONTENT"], {
            env: { AOT_CONFIG_CONTENT: config },
            stdio: ["ignore", "ignore", "pipe"],
        });
        this.#child.stderr?.on("data", (chunk: Buffer) => (this.#output += chunk.toString()));
    }

    static async start(binary: string, config: object, host: string): Promise<CollectorProcess> {
        const collector = new CollectorProcess(
            binary,
            JSON.stringify(debugging(config)).replaceAll("127.0.0.1", host),
        );
        for (let attempt = 0; attempt < 200; attempt += 1) {
            if (await isWell(host)) {
                return collector;
            }
            if (collector.#child.exitCode !== null) {
                break;
            }
            await sleep(50);
        }
        await collector.stop();
        throw new Error(`the collector did not start:\n${collector.#output}`);
    }

    /** Everything that it would have sent on. */
    get told(): Told {
        return readDebugOutput(this.#output);
    }

    async stop(): Promise<void> {
        if (this.#child.exitCode === null && this.#child.signalCode === null) {
            const ended = once(this.#child, "exit");
            this.#child.kill("SIGKILL");
            await ended;
        }
    }
}

interface Config {
    readonly service: {
        readonly telemetry: object;
        readonly pipelines: Readonly<Record<string, object>>;
    };
}

function debugging(config: object): object {
    const { service } = config as Config;
    const pipelines = Object.entries(service.pipelines).map(([name, pipeline]) => [
        name,
        { ...pipeline, exporters: ["debug"] },
    ]);
    return {
        ...config,
        exporters: { debug: { verbosity: "detailed" } },
        service: {
            ...service,
            telemetry: { ...service.telemetry, logs: { level: "info" } },
            pipelines: Object.fromEntries(pipelines) as Record<string, object>,
        },
    };
}

async function isWell(host: string): Promise<boolean> {
    return new Promise((resolve) => {
        http.get({ host, port: collectorHealthPort, agent: false }, (response) => {
            response.resume();
            resolve(response.statusCode === 200);
        }).on("error", () => {
            resolve(false);
        });
    });
}
