import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

export interface Command {
    readonly command: string;
    readonly args: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
}

const outputLimit = 50_000;
const startTimeoutMs = 20_000;

/** Ended with this process, however it ends. */
const running = new Set<GroupProcess>();
process.once("exit", () => {
    for (const each of running) {
        each.kill();
    }
});

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
        while (Date.now() < deadline && started.#isRunning) {
            if (await isWell(started.#output)) {
                return started;
            }
            await sleep(50);
        }
        await started.stop();
        throw new Error(`${command.command} did not become ready:\n${started.#output}`);
    }

    get pid(): number {
        return this.#child.pid ?? 0;
    }

    get output(): string {
        return this.#output;
    }

    get #isRunning(): boolean {
        return this.#child.exitCode === null && this.#child.signalCode === null;
    }

    /** Ends it at once, without a word to anybody. */
    async stop(): Promise<void> {
        if (this.#isRunning) {
            const ended = once(this.#child, "exit");
            this.kill();
            await ended;
        }
    }

    kill(): void {
        if (this.#isRunning && this.#child.pid !== undefined) {
            process.kill(-this.#child.pid, "SIGKILL");
        }
    }
}
