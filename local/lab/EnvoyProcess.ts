import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface EnvoyProcessArgs {
    readonly binary: string;
    readonly bootstrap: object;
    /** TLS material, as a task gets it. */
    readonly environment: Readonly<Record<string, string>>;
    /** Loopback address and port of the administration interface in the bootstrap. */
    readonly admin: { readonly host: string; readonly port: number };
}

const startTimeoutMs = 20_000;

/** A real Envoy on this machine. */
export class EnvoyProcess {
    readonly #child: ChildProcess;
    readonly #admin: { readonly host: string; readonly port: number };
    #output = "";

    private constructor({ binary, bootstrap, environment, admin }: EnvoyProcessArgs) {
        const args = ["--disable-hot-restart", "--concurrency", "1", "--log-level", "warning"];
        this.#admin = admin;
        this.#child = spawn(binary, [...args, "--config-yaml", JSON.stringify(bootstrap)], {
            env: { ...environment },
            stdio: ["ignore", "pipe", "pipe"],
        });
        for (const stream of [this.#child.stdout, this.#child.stderr]) {
            stream?.on("data", (chunk: Buffer) => {
                this.#output += chunk.toString();
            });
        }
    }

    /** Starts Envoy and waits until it is ready; throws with its output when it ends or stays away. */
    static async start(args: EnvoyProcessArgs): Promise<EnvoyProcess> {
        const envoy = new EnvoyProcess(args);
        const deadline = Date.now() + startTimeoutMs;
        while (Date.now() < deadline && envoy.#child.exitCode === null) {
            if ((await envoy.admin("GET", "/ready").catch(() => undefined))?.status === 200) {
                return envoy;
            }
            await sleep(50);
        }
        await envoy.stop();
        throw new Error(`Envoy did not become ready:\n${envoy.output}`);
    }

    /** What Envoy has printed: its warnings and access log. */
    get output(): string {
        return this.#output;
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
        const [, value] = body.split(": ");
        return value === undefined ? 0 : Number(value);
    }

    async stop(): Promise<void> {
        if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
            return;
        }
        const ended = once(this.#child, "exit");
        this.#child.kill("SIGKILL");
        await ended;
    }
}
