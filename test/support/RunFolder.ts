import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for what the files of one run share, which run in processes of their own. */
export class RunFolder {
    #path: string | undefined;

    constructor(private readonly prefix: string) {}

    async make(): Promise<string> {
        this.#path = await mkdtemp(join(tmpdir(), this.prefix));
        return this.#path;
    }

    /** Nothing where it was never made. */
    async remove(): Promise<void> {
        if (this.#path !== undefined) {
            await rm(this.#path, { recursive: true, force: true });
        }
    }
}
