import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

export interface Command {
    /** What it is, for who reads that it did not start. */
    readonly name: string;
    readonly command: string;
    readonly args: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
}

const outputLimit = 200_000;
/** Only against what hangs: a busy machine takes many times what a quiet one does. */
const startTimeoutMs = 120_000;

/** Ended with this process, however it ends. */
const running = new Set<GroupProcess>();

function endAll(): void {
    for (const each of running) {
        each.kill();
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

/** A program that leads a process group of its own: the terminal's Ctrl-C is not for it. */
export class GroupProcess {
    readonly #child: ChildProcess;
    #output = "";

    private constructor({ command, args, environment }: Command) {
        this.#child = spawn(command, args, {
            env: environment,
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

    /** Starts it and waits until it is well; throws with its output when it ends or stays away. */
    static async start(
        command: Command,
        isWell: (output: string) => Promise<boolean>,
    ): Promise<GroupProcess> {
        const started = new GroupProcess(command);
        const deadline = Date.now() + startTimeoutMs;
        while (Date.now() < deadline && started.isRunning) {
            if (await isWell(started.#output)) {
                return started;
            }
            await sleep(50);
        }
        await started.stop();
        throw new Error(`${command.name} did not become ready:\n${started.#output}`);
    }

    get pid(): number {
        if (this.#child.pid === undefined) {
            throw new Error("the program did not start");
        }
        return this.#child.pid;
    }

    /** What it has printed; of a long output the end. */
    get output(): string {
        return this.#output;
    }

    get isRunning(): boolean {
        return this.#child.exitCode === null && this.#child.signalCode === null;
    }

    /** Stops as ECS stops a container: SIGTERM to the program alone; resolves when it has ended. */
    async terminate(): Promise<void> {
        await this.#end(() => {
            this.#child.kill("SIGTERM");
        });
    }

    /** Ends the whole group at once, without a word to anybody. */
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
