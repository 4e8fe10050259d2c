import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isWell } from "../../local/lab/isWell";
import { goBuild } from "../../local/setup/goBuild";
import { pinnedTool, ToolUnavailable } from "../../local/setup/pinnedTool";
import { collectorHealthPort } from "../../components/model/ports";
import { readDebugOutput, type Told } from "./collectorOutput";

const module = join(__dirname, "collector");

/** The collector, built once from its Go modules, in a minute. Where there is no Go the suite is skipped loudly; in CI that is a failure. */
export async function requireCollector(context: Mocha.Context): Promise<string> {
    try {
        return await pinnedTool({
            name: "collector",
            pins: ["main.go", "go.mod", "go.sum"].map((file) => join(module, file)),
            executable: "collector",
            install: (folder) => goBuild({ module, package: "." }, join(folder, "collector")),
        });
    } catch (error) {
        if (!(error instanceof ToolUnavailable) || process.env.CI !== undefined) {
            throw error;
        }
        process.stderr.write(`\n*** SKIPPED, needs Go: ${error.message}\n`);
        return context.skip();
    }
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
        for (let attempt = 0; attempt < 2400; attempt += 1) {
            if (await isWell({ host, port: collectorHealthPort })) {
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
