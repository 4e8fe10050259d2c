import { join, resolve } from "node:path";

const PROJECT = resolve(__dirname, "../../..");

/** Where readings of type declarations are kept: LOCAL_CACHE_DIR, or .local/cache in the project. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
    return environment.LOCAL_CACHE_DIR ?? join(PROJECT, ".local", "cache");
}

/** Where the providers count what they created: beside the engine's state, LOCAL_STATE_DIR or .local/state. */
export function emulatedFolder(environment: NodeJS.ProcessEnv = process.env): string {
    return join(environment.LOCAL_STATE_DIR ?? join(PROJECT, ".local", "state"), "emulated");
}
