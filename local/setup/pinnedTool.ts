import { createHash } from "node:crypto";
import { access, constants, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "./places";

/** A program that is installed once into the user's cache, from files that pin what it is made of. */
export interface PinnedTool {
    /** Name of its folder in the cache. */
    readonly name: string;
    /** Files whose text decides which version it is. */
    readonly pins: readonly string[];
    /** Where the executable, or the file that is only read, comes to lie, below the folder. */
    readonly executable: string;
    /** @default true */
    readonly isExecuted?: boolean;
    /** Installs into the empty folder. */
    readonly install: (folder: string) => Promise<void>;
}

/** Why a tool is not on this machine. */
export class ToolUnavailable extends Error {}

/** Path of the tool's executable; throws `ToolUnavailable` where it cannot be installed. */
export async function pinnedTool(tool: PinnedTool): Promise<string> {
    const hash = createHash("sha256");
    for (const file of tool.pins) {
        hash.update(await readFile(file));
    }
    const cache = cacheFolder(process.env);
    const home = join(cache, `${tool.name}-${hash.digest("hex").slice(0, 16)}`);
    const binary = join(home, tool.executable);
    if (!(await isThere(tool, home))) {
        await installBeside(tool, cache, home);
    }
    if (!(await isThere(tool, home))) {
        throw new ToolUnavailable(`${tool.name}: nothing to use at ${binary}`);
    }
    return binary;
}

/** Installs beside the target and moves it into place, so that an interrupted or a second installation leaves no half. */
async function installBeside(tool: PinnedTool, cache: string, home: string): Promise<void> {
    await mkdir(cache, { recursive: true });
    const scratch = await mkdtemp(join(cache, `${tool.name}-installing-`));
    try {
        await tool.install(scratch);
        await rename(scratch, home);
    } catch (error) {
        if (!(await isThere(tool, home))) {
            const reason = error instanceof Error ? error.message : String(error);
            throw new ToolUnavailable(`${tool.name} could not be installed: ${reason}`);
        }
    } finally {
        await rm(scratch, { recursive: true, force: true });
    }
}

async function isThere({ executable, isExecuted = true }: PinnedTool, home: string): Promise<boolean> {
    try {
        await access(join(home, executable), isExecuted ? constants.X_OK : constants.R_OK);
        return true;
    } catch {
        return false;
    }
}
