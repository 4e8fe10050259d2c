import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The root of this checkout. */
export const ROOT = resolve(__dirname, "..", "..");

/** What was built or installed once, shared by all checkouts of this user. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
    const base = environment.XDG_CACHE_HOME ?? "";
    return join(base === "" ? join(homedir(), ".cache") : base, "shop-traffic-platform");
}
