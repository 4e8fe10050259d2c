import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { cacheFolder, ROOT } from "../setup/places";

/** The emulated providers' executables. */
export const PROVIDERS_ON_PATH = join(ROOT, "local", "bin");

/** The language host's executable, for an engine that brings none. */
export const LANGUAGE_HOST_ON_PATH = join(ROOT, "local", "language-host", "bin");

/** Everything that local mode remembers: deployed state, engine home, derived settings. */
export function stateFolder(environment: NodeJS.ProcessEnv): string {
    const chosen = environment.LOCAL_STATE_DIR ?? "";
    return chosen === "" ? join(ROOT, ".local", "state") : resolve(chosen);
}

/** Where engines that were built are kept. */
export function engineCache(environment: NodeJS.ProcessEnv): string {
    return join(cacheFolder(environment), "engine");
}

/** The closest folder upwards that has a Pulumi.yaml: the engine looks in the same way. */
export function findProject(from: string): string | undefined {
    let folder = resolve(from);
    while (!existsSync(join(folder, "Pulumi.yaml"))) {
        const parent = dirname(folder);
        if (parent === folder) {
            return undefined;
        }
        folder = parent;
    }
    return folder;
}
