import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PackageManager, RuntimeOptions } from "./runtimeOptions";

/** The file by which a project's package manager is known. */
const LOCK_FILES = [
    ["yarn.lock", "yarn"],
    ["pnpm-lock.yaml", "pnpm"],
    ["bun.lock", "bun"],
    ["bun.lockb", "bun"],
] as const;

/** The flag with which each leaves out development dependencies. */
const PRODUCTION = {
    npm: "--omit=dev",
    pnpm: "--prod",
    yarn: "--production",
    bun: "--production",
} as const;

/** The package manager that the options name, else the one whose lock file is there, else npm. */
export function packageManagerOf(folder: string, options: RuntimeOptions): PackageManager {
    const found = LOCK_FILES.find(([file]) => existsSync(join(folder, file)));
    return options.packageManager ?? found?.[1] ?? "npm";
}

/** The command that installs a folder's dependencies. */
export function installCommand(folder: string, options: RuntimeOptions): [PackageManager, ...string[]] {
    const manager = packageManagerOf(folder, options);
    const quiet = manager === "npm" ? ["--loglevel=error"] : [];
    return [manager, "install", ...quiet, ...(options.production ? [PRODUCTION[manager]] : [])];
}
