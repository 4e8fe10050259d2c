import { readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join, basename, dirname } from "node:path";
import { z } from "zod";
import { isAlive } from "./isAlive";

/** What the engine writes into a lock (github.com/pulumi/pulumi, pkg/backend/diy/lock.go). */
const lockSchema = z.object({ pid: z.int(), hostname: z.string() });

export interface AbandonedLock {
    readonly stack: string;
    /** The engine that held it. */
    readonly pid: number;
}

/**
 * Takes away the locks of engines of this machine that are gone: one that was killed cannot give its lock back, and no command would
 * run until somebody called `pulumi cancel`. A lock whose owner lives, or may live on another machine, stays.
 */
export function releaseAbandonedLocks(stateFolder: string): readonly AbandonedLock[] {
    return lockFiles(join(stateFolder, ".pulumi", "locks")).flatMap((file) => {
        const owner = readOwner(file);
        if (owner?.hostname !== hostname() || isAlive(owner.pid)) {
            return [];
        }
        rmSync(file, { force: true });
        return [{ stack: basename(dirname(file)), pid: owner.pid }];
    });
}

function lockFiles(folder: string): readonly string[] {
    try {
        return readdirSync(folder, { recursive: true, encoding: "utf8" })
            .filter((name) => name.endsWith(".json"))
            .map((name) => join(folder, name));
    } catch (error) {
        if (isAbsence(error)) {
            return [];
        }
        throw error;
    }
}

/** Undefined where its engine gave it back in the meantime, or has written half of it. */
function readOwner(file: string): z.infer<typeof lockSchema> | undefined {
    try {
        return lockSchema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
    } catch (error) {
        if (isAbsence(error) || error instanceof SyntaxError) {
            return undefined;
        }
        throw error;
    }
}

function isAbsence(error: unknown): boolean {
    return error instanceof Error && "code" in error && error.code === "ENOENT";
}
