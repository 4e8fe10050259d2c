import { spawn } from "node:child_process";
import type { ChildProcess, SpawnOptions } from "node:child_process";

/** A command that has ended. */
export interface EngineResult {
    /** Exit code; null after a signal. */
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
    /** Both streams, in the order in which they came. */
    readonly output: string;
    /** The lines under "Resources:", the last time it was printed, for example `["+ 3 created"]`. */
    readonly resources: readonly string[];
}

/** A command of the engine that was started. */
export class EngineRun {
    readonly result: Promise<EngineResult>;
    readonly #child: ChildProcess;
    #stdout = "";
    #stderr = "";
    #output = "";
    #onOutput: () => void = () => undefined;

    constructor(command: string, args: readonly string[], options: SpawnOptions) {
        this.#child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
        this.#child.stdout?.on("data", (chunk: Buffer) => {
            this.#stdout += chunk.toString("utf8");
            this.#read(chunk);
        });
        this.#child.stderr?.on("data", (chunk: Buffer) => {
            this.#stderr += chunk.toString("utf8");
            this.#read(chunk);
        });
        this.result = new Promise((resolve, reject) => {
            this.#child.once("error", reject);
            this.#child.once("close", (code) => {
                resolve({
                    code,
                    stdout: this.#stdout,
                    stderr: this.#stderr,
                    output: this.#output,
                    resources: resourceLines(this.#output),
                });
            });
        });
    }

    /** The process that was started; `local/pulumi` becomes the engine without changing it. */
    get pid(): number {
        if (this.#child.pid === undefined) {
            throw new Error("the command did not start");
        }
        return this.#child.pid;
    }

    /** Resolves as soon as the output contains `text`; rejects if the command ends without. */
    async untilOutput(text: string): Promise<void> {
        const seen = new Promise<void>((resolve) => {
            this.#onOutput = () => {
                if (this.#output.includes(text)) {
                    resolve();
                }
            };
        });
        this.#onOutput();
        const ended = this.result.then(({ output }) => {
            if (!output.includes(text)) {
                throw new Error(`the command ended without "${text}":\n${output}`);
            }
        });
        await Promise.race([seen, ended]);
    }

    /** Sends a signal to the engine alone, not to what it started; nothing where it has ended. */
    signal(name: NodeJS.Signals): void {
        this.#child.kill(name);
    }

    #read(chunk: Buffer): void {
        this.#output += chunk.toString("utf8");
        this.#onOutput();
    }
}

function resourceLines(output: string): string[] {
    const lines = output.slice(output.lastIndexOf("\nResources:\n") + 1).split("\n");
    if (lines[0] !== "Resources:") {
        return [];
    }
    const end = lines.indexOf("", 1);
    return lines.slice(1, end < 0 ? undefined : end).map((line) => line.trim());
}
