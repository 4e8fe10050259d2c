import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeployedProgram } from "../deployedProxies";
import { GroupProcess } from "../GroupProcess";
import { isWell } from "../isWell";
import type { StoreAddress } from "./StoreProcess";

/** What runs a deployed limiter on this machine. */
export interface LimiterSetup {
    readonly binary: string;
    readonly store: StoreAddress;
}

const taskLoopback = "127.0.0.1";
const healthPort = 8080;

/**
 * The container of a deployed limiter: its own script and settings. Its loopback becomes the place's address, `/bin/ratelimit` the
 * one of this machine, the shared memory a folder, and the store the lab's, whose certificate no public authority has signed.
 */
export class LimiterProcess {
    #process: GroupProcess | undefined;

    private constructor(
        private readonly program: DeployedProgram,
        private readonly host: string,
        private readonly setup: LimiterSetup,
        private readonly folder: string,
    ) {}

    static async start(program: DeployedProgram, host: string, setup: LimiterSetup): Promise<LimiterProcess> {
        const folder = await mkdtemp(join(tmpdir(), "lab-limiter-"));
        const limiter = new LimiterProcess(program, host, setup, folder);
        try {
            await limiter.restart();
        } catch (error) {
            await limiter.stop();
            throw error;
        }
        return limiter;
    }

    /** Starts it after `kill`. */
    async restart(): Promise<void> {
        const { script, environment } = this.program;
        const { binary, store } = this.setup;
        const moved = Object.entries(environment).map(([name, value]) => [
            name,
            value === taskLoopback ? this.host : value,
        ]);
        this.#process = await GroupProcess.start(
            {
                name: "the limiter",
                command: "/bin/sh",
                args: [
                    "-c",
                    script.replaceAll("/dev/shm/", `${this.folder}/`).replaceAll("/bin/ratelimit", binary),
                ],
                environment: {
                    ...(Object.fromEntries(moved) as Record<string, string>),
                    PATH: process.env.PATH ?? "",
                    REDIS_URL: store.address,
                    REDIS_TLS_CACERT: store.certificateFile,
                },
            },
            () => isWell({ host: this.host, port: healthPort, path: "/healthcheck" }),
        );
    }

    get pid(): number {
        return this.#process?.pid ?? 0;
    }

    get output(): string {
        return this.#process?.output ?? "";
    }

    async kill(): Promise<void> {
        await this.#process?.stop();
    }

    async stop(): Promise<void> {
        await this.kill();
        await rm(this.folder, { recursive: true, force: true });
    }
}
