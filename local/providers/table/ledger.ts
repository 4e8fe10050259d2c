import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Counts what was made, across runs: how often a resource was created (so that a replacement gets another id), and
 * the revisions of a task definition family. One file a counter, one byte a count: an append is atomic.
 */
export class Ledger {
    public constructor(private readonly folder: string) {}

    public count(kind: string, key: string): number {
        return statSync(this.file(kind, key), { throwIfNoEntry: false })?.size ?? 0;
    }

    /** Adds one, and gives the new count. */
    public next(kind: string, key: string): number {
        mkdirSync(join(this.folder, kind), { recursive: true });
        appendFileSync(this.file(kind, key), ".");
        return this.count(kind, key);
    }

    private file(kind: string, key: string): string {
        return join(this.folder, kind, createHash("sha256").update(key).digest("hex").slice(0, 32));
    }
}
