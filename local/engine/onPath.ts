import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ROOT } from "./places";

/** The first executable of this name on `path`, not counting this project's own, as the path found and the real one. */
export function findOnPath(name: string, path: string): { found: string; real: string } | undefined {
    for (const folder of path.split(delimiter).filter((entry) => entry !== "")) {
        const found = join(folder, name);
        const real = executable(found);
        if (real !== undefined && !real.startsWith(join(realpathSync(ROOT), "local"))) {
            return { found, real };
        }
    }
    return undefined;
}

/** Whether the engine at `real` comes with its Node.js language host, beside it or on PATH. */
export function bringsLanguageHost(real: string, path: string): boolean {
    const name = "pulumi-language-nodejs";
    return executable(join(dirname(real), name)) !== undefined || findOnPath(name, path) !== undefined;
}

function executable(path: string): string | undefined {
    try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile() ? realpathSync(path) : undefined;
    } catch {
        return undefined;
    }
}
