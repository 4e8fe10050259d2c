import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Props } from "../rpc/values";

/** Something that the stand-in has made and not deleted. */
export interface Thing {
    readonly urn: string;
    readonly type: string;
    readonly id: string;
    readonly inputs: Props;
    readonly outputs: Props;
}

/** Values of secrets are in it, as they are in the state under a passphrase that everybody knows: for the user's own eyes. */
const PRIVATE = 0o600;

/**
 * What is there, whatever the engine remembers: an engine that was killed may not know what it has made. Outlives every run, one file a
 * thing. By it an operator finds what was left behind, as in an account, and tests see that nothing was.
 */
export class Account {
    public constructor(private readonly folder: string) {}

    public keep(thing: Thing): void {
        mkdirSync(this.folder, { recursive: true });
        const file = this.file(thing.type, thing.id);
        writeFileSync(`${file}.half`, JSON.stringify(thing), { mode: PRIVATE });
        renameSync(`${file}.half`, file);
    }

    public forget(type: string, id: string): void {
        rmSync(this.file(type, id), { force: true });
    }

    public find(type: string, id: string): Thing | undefined {
        const file = this.file(type, id);
        return existsSync(file) ? readThing(file) : undefined;
    }

    public all(): readonly Thing[] {
        return existsSync(this.folder)
            ? readdirSync(this.folder)
                  .filter((name) => name.endsWith(".json"))
                  .map((name) => readThing(join(this.folder, name)))
            : [];
    }

    private file(type: string, id: string): string {
        const key = createHash("sha256").update(`${type}\n${id}`).digest("hex").slice(0, 32);
        return join(this.folder, `${key}.json`);
    }
}

function readThing(file: string): Thing {
    return JSON.parse(readFileSync(file, "utf8")) as Thing;
}
