import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "./places";

const packageSchema = z.object({ dependencies: z.object({ "@pulumi/pulumi": z.string() }) });

/** The engine that is built where none is found: the version in this folder's go.mod, for example `v3.259.0`. */
export function pinnedVersion(): string {
    const text = readFileSync(join(__dirname, "go.mod"), "utf8");
    const found = /github\.com\/pulumi\/pulumi\/pkg\/v3 (v\S+)/.exec(text)?.[1];
    if (found === undefined) {
        throw new RangeError("local/engine/go.mod names no version of github.com/pulumi/pulumi/pkg/v3");
    }
    return found;
}

/**
 * The oldest engine that is used from PATH: the version of the program's SDK, since an SDK may call what only an
 * engine of its own time answers. (Local mode itself needs 3.229, the first with `policy analyze`.)
 */
export function oldestUsable(): string {
    const text = readFileSync(join(ROOT, "package.json"), "utf8");
    return `v${packageSchema.parse(JSON.parse(text)).dependencies["@pulumi/pulumi"]}`;
}

/** Whether `version` is at least `oldest`; both like `v3.259.0`, what follows (`-alpha…`) does not count. */
export function isAtLeast(version: string, oldest: string): boolean {
    const [a, b] = [numbers(version), numbers(oldest)];
    for (const [index, wanted] of b.entries()) {
        const given = a[index] ?? -1;
        if (given !== wanted) {
            return given > wanted;
        }
    }
    return true;
}

function numbers(version: string): number[] {
    const found = /v?(\d+)\.(\d+)\.(\d+)/.exec(version);
    return found === null ? [] : found.slice(1).map(Number);
}
