import { execFileSync } from "node:child_process";
import { isAtLeast } from "../setup/isAtLeast";
import { findOnPath } from "../setup/onPath";
import { buildEngine } from "./buildEngine";
import { bringsLanguageHost } from "./bringsLanguageHost";
import { engineCache, LANGUAGE_HOST_ON_PATH } from "./places";
import { oldestUsable, pinnedVersion } from "./versions";

/** The engine of this run. */
export interface Engine {
    readonly executable: string;
    /** Where the engine finds a language host, if it has none beside it; after the emulated providers. */
    readonly pathAfterProviders: readonly string[];
}

/** The Pulumi CLI on PATH where it is recent enough, else the pinned one, built once. `home` is the engine's own folder. */
export async function chooseEngine(environment: NodeJS.ProcessEnv, home: string): Promise<Engine> {
    const path = environment.PATH ?? "";
    const onPath = findOnPath("pulumi", path);
    if (onPath !== undefined) {
        const version = versionOf(onPath.found, { ...environment, PULUMI_HOME: home });
        if (version !== undefined && isAtLeast(version, oldestUsable())) {
            const brings = bringsLanguageHost(onPath.real, path);
            return { executable: onPath.found, pathAfterProviders: brings ? [] : [LANGUAGE_HOST_ON_PATH] };
        }
        console.error(
            `local mode: ${onPath.found} is ${version ?? "of an unknown version"}, older than ${oldestUsable()} ` +
                `of the program's SDK; using ${pinnedVersion()} instead`,
        );
    }
    const executable = await buildEngine(engineCache(environment), environment);
    return { executable, pathAfterProviders: [] };
}

function versionOf(executable: string, environment: NodeJS.ProcessEnv): string | undefined {
    try {
        return execFileSync(executable, ["version"], {
            encoding: "utf8",
            env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
            stdio: ["ignore", "pipe", "ignore"],
        }).trim();
    } catch {
        return undefined;
    }
}
