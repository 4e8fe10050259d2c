import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isAtLeast } from "./isAtLeast";
import { findOnPath } from "./onPath";
import { SetupFailure } from "./setupFailure";

/** The lines of Go's own output that are shown when it fails. */
const LAST_LINES = 15;

/**
 * The environment of Go's commands. GOTOOLCHAIN=local: no other Go is downloaded. GOWORK=off: a workspace around this
 * checkout does not count. CGO_ENABLED=0: no C compiler is needed.
 */
function goEnvironment(): NodeJS.ProcessEnv {
    return { ...process.env, GOTOOLCHAIN: "local", GOWORK: "off", GOFLAGS: "", CGO_ENABLED: "0" };
}

/** What serves as well as a program built here. */
export interface Ready {
    /** For example `Pulumi CLI`. */
    readonly name: string;
    /** What to install, for example `the Pulumi CLI v3.248.0 or newer (https://…)`. */
    readonly install: string;
}

/** The `go` of a Go that is recent enough for the module in the folder. */
export function findGo(environment: NodeJS.ProcessEnv, module: string, ready?: Ready): string {
    const go = findOnPath("go", environment.PATH ?? "")?.found;
    const wanted = /^go (\S+)$/m.exec(readFileSync(join(module, "go.mod"), "utf8"))?.[1] ?? "";
    const newer = `Go ${wanted} or newer (https://go.dev/doc/install) to build it with`;
    const instead = ready === undefined ? newer : `${ready.install}, or ${newer}`;
    if (go === undefined) {
        const absent = ready === undefined ? "no Go" : `neither a ${ready.name} nor Go`;
        throw new SetupFailure(`there is ${absent} on PATH. Install ${instead}.`);
    }
    const version = execFileSync(go, ["env", "GOVERSION"], {
        encoding: "utf8",
        cwd: module,
        env: goEnvironment(),
        stdio: ["ignore", "pipe", "inherit"],
    }).trim();
    // A Go built from its sources says "devel …", and is left to judge for itself.
    if (version.startsWith("go") && !isAtLeast(threeNumbers(version), wanted)) {
        throw new SetupFailure(`${go} is ${version}, which is too old. Install ${instead}.`);
    }
    return go;
}

/** `go1.26` is Go 1.26.0. */
function threeNumbers(version: string): string {
    return /^go\d+\.\d+(?!\.\d)/.test(version)
        ? version.replace(/^go(\d+\.\d+).*$/, "$1.0")
        : version.slice("go".length);
}

/** Runs a Go command in a module's folder; returns the lines of its output and hands on those of its messages. */
export async function runGo(
    go: string,
    module: string,
    args: readonly string[],
    signal: AbortSignal,
    onMessage: (line: string) => void,
): Promise<string[]> {
    // A process group of its own: Go starts compilers, and an interrupt must end all of them.
    const child = spawn(go, args, {
        cwd: module,
        env: goEnvironment(),
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
    });
    const end = (): void => {
        if (child.pid !== undefined) {
            process.kill(-child.pid, "SIGTERM");
        }
    };
    signal.addEventListener("abort", end, { once: true });
    const output: string[] = [];
    const messages: string[] = [];
    createInterface(child.stdout).on("line", (line) => output.push(line));
    createInterface(child.stderr).on("line", (line) => {
        messages.push(line);
        onMessage(line);
    });
    try {
        const code = await new Promise<number | null>((resolve, reject) => {
            child.once("error", reject).once("close", resolve);
        });
        if (signal.aborted) {
            throw new SetupFailure("interrupted");
        }
        if (code !== 0) {
            const command = `go ${args[0] ?? ""}`;
            throw new SetupFailure(
                [`${command} exited with ${code ?? "a signal"}:`, ...tail(messages)].join("\n  "),
            );
        }
    } finally {
        signal.removeEventListener("abort", end);
    }
    return output;
}

/** Names of packages and downloads are progress, not reasons. */
function tail(messages: readonly string[]): string[] {
    const isProgress = (line: string): boolean => /^(go: downloading .*|[\w.~-]+(\/[\w.~-]+)*)$/.test(line);
    return messages.filter((line) => !isProgress(line)).slice(-LAST_LINES);
}
