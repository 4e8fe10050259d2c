import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
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

/** The real path of an executable file. */
export function executable(path: string): string | undefined {
    try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile() ? realpathSync(path) : undefined;
    } catch {
        return undefined;
    }
}
