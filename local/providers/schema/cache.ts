import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { PackageShapes } from "./shapes";
import type * as declarations from "./declarations";
import { installedPackage } from "./source";

/** Loads what only a first run needs. */
const load = createRequire(__filename);

/** Raised when the reader gives another result for the same declarations. */
const FORMAT = 1;

export interface PackageDescription extends PackageShapes {
    readonly version: string;
    /** What the provider itself may be configured with. */
    readonly settings: readonly string[];
}

/**
 * What the package's declarations say of the tokens: from the cache, or read and put there (about 2 s for @pulumi/aws).
 *
 * @param folder where to keep the result; nothing is kept where it cannot be written.
 */
export function describePackage(
    name: string,
    tokens: readonly string[],
    folder: string,
): Promise<PackageDescription> {
    return new Promise((settle) => {
        settle(describe(name, tokens, folder));
    });
}

function describe(name: string, tokens: readonly string[], folder: string): PackageDescription {
    const source = installedPackage(name);
    const key = createHash("sha256")
        .update(JSON.stringify([FORMAT, source.version, tokens]))
        .digest("hex");
    const file = join(
        folder,
        `${name.replace(/\W+/g, "-").slice(1)}-${source.version}-${key.slice(0, 12)}.json`,
    );
    const kept = read(file);
    if (kept !== undefined) {
        return kept;
    }
    // The compiler takes 0.3 s to load: only when there is something to read.
    const { readDeclarations, readProviderSettings } = load("./declarations") as typeof declarations;
    const settings = readProviderSettings(source);
    const description = { version: source.version, settings, ...readDeclarations(source, tokens) };
    write(file, JSON.stringify(description));
    return description;
}

function read(file: string): PackageDescription | undefined {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as PackageDescription;
    } catch {
        return undefined;
    }
}

/** Written aside and moved into place, so that a reader never sees half a file. */
function write(file: string, text: string): void {
    const aside = `${file}.${process.pid}`;
    try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(aside, text);
        renameSync(aside, file);
    } catch {
        // A cache that cannot be written only makes the next start slower.
    }
}
