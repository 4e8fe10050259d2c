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

/** What tells one thing from all others. */
type Named = Pick<Thing, "type" | "id" | "outputs">;

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
        const file = this.file(thing);
        writeFileSync(`${file}.half`, JSON.stringify(thing), { mode: PRIVATE });
        renameSync(`${file}.half`, file);
    }

    public forget(thing: Named): void {
        rmSync(this.file(thing), { force: true });
    }

    /** By its id, or by its ARN. */
    public find(type: string, id: string): Thing | undefined {
        return this.all().find(
            (thing) => thing.type === type && (thing.id === id || thing.outputs.arn === id),
        );
    }

    public all(): readonly Thing[] {
        return existsSync(this.folder)
            ? readdirSync(this.folder)
                  .filter((name) => name.endsWith(".json"))
                  .map((name) => readThing(join(this.folder, name)))
            : [];
    }

    /** The ARN too: the revisions of a task definition have one id, the family's. */
    private file({ type, id, outputs: { arn } }: Named): string {
        const text = [type, id, typeof arn === "string" ? arn : ""].join("\n");
        const key = createHash("sha256").update(text).digest("hex").slice(0, 32);
        return join(this.folder, `${key}.json`);
    }
}

function readThing(file: string): Thing {
    return JSON.parse(readFileSync(file, "utf8")) as Thing;
}
