import { mkdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** The holder of the lock shows every so often that it lives, in milliseconds. */
const HEARTBEAT = 1000;

/** After this time without a sign, in milliseconds, its set-up was killed. The cache may be on a slow shared disk. */
const ABANDONED = 45_000;

/** Lets one set-up build with Go while others wait, for its result or for the processor. */
export class BuildLock {
    readonly #folder: string;
    readonly #heartbeat: NodeJS.Timeout;
    readonly #interrupt = new AbortController();
    readonly #onSignal = (): void => {
        this.#interrupt.abort();
    };

    private constructor(folder: string) {
        this.#folder = folder;
        this.#heartbeat = setInterval(() => {
            utimesSync(folder, new Date(), new Date());
        }, HEARTBEAT);
        for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
            process.on(name, this.#onSignal);
        }
    }

    /** Waits until nobody else builds under the lock of `folder`. */
    static async take(folder: string): Promise<BuildLock> {
        const lock = join(folder, "lock");
        let told = false;
        while (!created(lock)) {
            if (isAbandoned(lock)) {
                rmSync(lock, { recursive: true, force: true });
                continue;
            }
            if (!told) {
                console.error("local mode: waiting for another set-up, which builds a Go program");
                told = true;
            }
            await pause(HEARTBEAT);
        }
        return new BuildLock(lock);
    }

    /** Aborted when this process is asked to end. */
    get signal(): AbortSignal {
        return this.#interrupt.signal;
    }

    release(): void {
        clearInterval(this.#heartbeat);
        for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
            process.off(name, this.#onSignal);
        }
        rmSync(this.#folder, { recursive: true, force: true });
    }
}

function created(lock: string): boolean {
    try {
        mkdirSync(lock);
        return true;
    } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "EEXIST") {
            return false;
        }
        throw error;
    }
}

function isAbandoned(lock: string): boolean {
    const found = statSync(lock, { throwIfNoEntry: false });
    return found !== undefined && Date.now() - found.mtimeMs > ABANDONED;
}
