import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as http from "node:http";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface EnvoyProcessArgs {
    readonly binary: string;
    /** The message, or its text. */
    readonly bootstrap: object | string;
    /** TLS material, as a task gets it. */
    readonly environment: Readonly<Record<string, string>>;
    /** Loopback address and port of the administration interface in the bootstrap. */
    readonly admin: { readonly host: string; readonly port: number };
    /** The container's entry point, which finds the bootstrap in `ENVOY_BOOTSTRAP`. @default Envoy alone */
    readonly script?: string;
}

const startTimeoutMs = 20_000;

/** Ended with this process, however it ends. */
const running = new Set<EnvoyProcess>();

function endAll(): void {
    for (const envoy of running) {
        envoy.kill();
    }
}

process.once("exit", endAll);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Where nothing else answers the signal, the process ends without "exit". First in line, so that all others are still counted.
    process.prependOnceListener(signal, () => {
        if (process.listenerCount(signal) === 0) {
            endAll();
            process.kill(process.pid, signal);
        }
    });
}

/** A real Envoy on this machine. It leads a process group of its own: the terminal's Ctrl-C is not for it. */
export class EnvoyProcess {
    readonly #child: ChildProcess;
    readonly #admin: { readonly host: string; readonly port: number };
    #output = "";

    private constructor({ binary, bootstrap, environment, admin, script }: EnvoyProcessArgs) {
        this.#admin = admin;
        const text = typeof bootstrap === "string" ? bootstrap : JSON.stringify(bootstrap);
        const args = ["--disable-hot-restart", "--concurrency", "1", "--log-level", "warning"];
        const [command, commandArgs, more] =
            script === undefined
                ? [binary, [...args, "--config-yaml", text], {}]
                : ["/bin/bash", ["-c", script], { ENVOY_BOOTSTRAP: text, PATH: taskPath(binary) }];
        this.#child = spawn(command, commandArgs, {
            env: { ...environment, ...more },
            stdio: ["ignore", "pipe", "pipe"],
            detached: true,
        });
        running.add(this);
        this.#child.once("exit", () => running.delete(this));
        for (const stream of [this.#child.stdout, this.#child.stderr]) {
            stream?.on("data", (chunk: Buffer) => {
                this.#output = `${this.#output}${chunk.toString()}`.slice(-outputLimit);
            });
        }
    }

    /** Starts Envoy and waits until it is ready; throws with its output when it ends or stays away. */
    static async start(args: EnvoyProcessArgs): Promise<EnvoyProcess> {
        const envoy = new EnvoyProcess(args);
        const deadline = Date.now() + startTimeoutMs;
        while (Date.now() < deadline && envoy.isRunning) {
            if ((await envoy.admin("GET", "/ready").catch(() => undefined))?.status === 200) {
                return envoy;
            }
            await sleep(50);
        }
        await envoy.stop();
        throw new Error(`Envoy did not become ready:\n${envoy.output}`);
    }

    /** What Envoy has printed: its warnings and access log; of a long output the end. */
    get output(): string {
        return this.#output;
    }

    get isRunning(): boolean {
        return this.#child.exitCode === null && this.#child.signalCode === null;
    }

    /** Process id of the entry point, or of Envoy where there is none. */
    get pid(): number {
        if (this.#child.pid === undefined) {
            throw new Error("Envoy did not start");
        }
        return this.#child.pid;
    }

    /** Asks the administration interface. */
    async admin(method: "GET" | "POST", path: string): Promise<{ status: number; body: string }> {
        return new Promise((resolve, reject) => {
            const request = http.request({ ...this.#admin, method, path, agent: false }, (response) => {
                let body = "";
                response.setEncoding("utf8");
                response.on("data", (chunk: string) => (body += chunk));
                response.on("end", () => {
                    resolve({ status: response.statusCode ?? 0, body });
                });
            });
            request.on("error", reject);
            request.end();
        });
    }

    /** One counter or gauge; 0 when Envoy has not made it yet. */
    async statistic(name: string): Promise<number> {
        const { body } = await this.admin("GET", `/stats?filter=^${encodeURIComponent(name)}$&usedonly`);
        const value = body.split(": ").at(-1);
        return value === undefined || value === "" ? 0 : Number(value);
    }

    /** Stops as ECS stops a container: SIGTERM to its entry point; resolves when it has ended. */
    async terminate(): Promise<void> {
        await this.#end(() => {
            this.#child.kill("SIGTERM");
        });
    }

    /** Ends the entry point and Envoy at once, without a word to anybody. */
    async stop(): Promise<void> {
        await this.#end(() => {
            this.kill();
        });
    }

    /** `stop` without waiting for the end. */
    kill(): void {
        if (this.isRunning && this.#child.pid !== undefined) {
            process.kill(-this.#child.pid, "SIGKILL");
        }
    }

    async #end(signal: () => void): Promise<void> {
        if (!this.isRunning) {
            return;
        }
        const ended = once(this.#child, "exit");
        signal();
        await ended;
    }
}

const outputLimit = 200_000;

function taskPath(binary: string): string {
    return `${dirname(binary)}:${process.env.PATH ?? ""}`;
}
