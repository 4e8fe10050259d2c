import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive } from "../../../local/engine/isAlive";

/** How often to look, in milliseconds. */
const INTERVAL = 200;

type Outcome<Result> = { readonly result: Result } | { readonly failure: string };

/**
 * What one of several processes makes for all of them: whoever asks first. The others wait for as long as that process lives, and are told where
 * it failed. What is made has to be JSON.
 */
export async function onceForAll<Result>(
    folder: string,
    make: () => Promise<Result>,
    pid = process.pid,
): Promise<Result> {
    const [claim, done] = [join(folder, "claimed"), join(folder, "made.json")];
    if (isFirst(claim, pid)) {
        const outcome: Outcome<Result> = await make().then(
            (result) => ({ result }),
            (error: unknown) => ({ failure: String(error) }),
        );
        writeFileSync(`${done}.part`, JSON.stringify(outcome), { mode: 0o600 });
        renameSync(`${done}.part`, done);
    }
    const maker = Number(readFileSync(claim, "utf8"));
    while (!existsSync(done)) {
        // It may have ended as it should between the two looks.
        if (!isAlive(maker) && !existsSync(done)) {
            throw new Error(`process ${maker}, which made this for all, died before it had`);
        }
        await pause(INTERVAL);
    }
    const outcome = JSON.parse(readFileSync(done, "utf8")) as Outcome<Result>;
    if ("failure" in outcome) {
        throw new Error(`process ${maker}, which made this for all, could not: ${outcome.failure}`);
    }
    return outcome.result;
}

/** The claim is there with its content, or not at all: links are made at once, and for one only. */
function isFirst(claim: string, pid: number): boolean {
    const own = `${claim}.${process.pid}`;
    writeFileSync(own, String(pid));
    try {
        linkSync(own, claim);
        return true;
    } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "EEXIST") {
            return false;
        }
        throw error;
    } finally {
        rmSync(own);
    }
}
