import { mkdirSync } from "node:fs";
import { BuildLock } from "./buildLock";
import { findGo, runGo } from "./go";
import { cacheFolder } from "./places";

/** A Go program to build. */
export interface GoProgram {
    /** The folder with the go.mod that pins it. */
    readonly module: string;
    /** Import path, or `.`. */
    readonly package: string;
    /** More for the linker. @default nothing */
    readonly linker?: string;
}

/** No debug information: compiling without takes a sixth less time. */
const FLAGS = ["-mod=readonly", "-buildvcs=false", "-v", "-gcflags=all=-dwarf=false"];

/** Compiles the program into `file`; Go names each package that it compiles. */
export async function compile(
    go: string,
    program: GoProgram,
    file: string,
    signal: AbortSignal,
    onMessage: (line: string) => void,
): Promise<void> {
    const linker = ["-s", "-w", program.linker].filter((each) => each !== undefined).join(" ");
    const args = ["build", ...FLAGS, "-ldflags", linker, "-o", file, program.package];
    await runGo(go, program.module, args, signal, onMessage);
}

/**
 * Builds the program into `file`. One build at a time: programs share most of their packages, which Go compiles once and keeps. Throws
 * `SetupFailure` where there is no Go that is recent enough, or with Go's own words.
 */
export async function goBuild(program: GoProgram, file: string): Promise<void> {
    const go = findGo(process.env, program.module);
    const folder = cacheFolder(process.env);
    mkdirSync(folder, { recursive: true });
    const lock = await BuildLock.take(folder);
    try {
        await compile(go, program, file, lock.signal, () => undefined);
    } finally {
        lock.release();
    }
}
