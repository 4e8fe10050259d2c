import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "../setup/places";

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
