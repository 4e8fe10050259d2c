import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { resolve } from "node:path";
import type { Readable } from "node:stream";

/** A process that this host started, with its output to read. */
export type Child = ChildProcessByStdio<null, Readable, Readable>;

/** How long a program that was interrupted may take to end, in milliseconds: what the engine grants its plugins. */
const GRACE = 5000;

/** How often the host looks whether the engine still lives, in milliseconds. */
const WATCH = 500;

const ON_DEMAND = resolve(__dirname, "..", "onDemand.cjs");

const running = new Set<Child>();

/** Starts Node.js with these arguments, on the SDK as it loads in this project's processes. The child ends at the latest when this host does. */
export function startNode(args: readonly string[], cwd: string | undefined, env: NodeJS.ProcessEnv): Child {
    const options = [`--require ${JSON.stringify(ON_DEMAND)}`, env.NODE_OPTIONS ?? ""].join(" ").trim();
    return start(process.execPath, args, cwd, { ...env, NODE_OPTIONS: options });
}

/** Starts a command; like `startNode` otherwise. */
export function start(
    command: string,
    args: readonly string[],
    cwd: string | undefined,
    env: NodeJS.ProcessEnv,
): Child {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    child.once("close", () => running.delete(child));
    return child;
}

/** Resolves when the child has ended and its output has been read: with its exit code, or -1 after a signal. */
export function exitOf(child: Child): Promise<number> {
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => {
            resolve(code ?? -1);
        });
    });
}

/** Asks the child to end when `signal` fires, and ends it some seconds later. */
export function interruptOn(signal: AbortSignal, child: Child): void {
    onAbort(signal, () => {
        child.kill("SIGINT");
        const timer = setTimeout(() => child.kill("SIGKILL"), GRACE);
        child.once("close", () => {
            clearTimeout(timer);
        });
    });
}

/** Ends the child when `signal` fires. */
export function killOn(signal: AbortSignal, child: Child): void {
    onAbort(signal, () => child.kill("SIGKILL"));
}

/** An engine that was killed cannot end its plugins: this process is then given to another parent, and ends itself. */
export function endWithParent(): void {
    const engine = process.ppid;
    setInterval(() => {
        if (process.ppid !== engine) {
            process.exit(1);
        }
    }, WATCH).unref();
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.on(name, () => process.exit(0));
    }
    process.on("exit", () => {
        for (const child of running) {
            child.kill("SIGKILL");
        }
    });
}

function onAbort(signal: AbortSignal, action: () => void): void {
    if (signal.aborted) {
        action();
    } else {
        signal.addEventListener("abort", action, { once: true });
    }
}
