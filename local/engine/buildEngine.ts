import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { BuildLock } from "../setup/buildLock";
import { findGo, runGo } from "../setup/go";
import { compile } from "../setup/goBuild";
import { SetupFailure } from "../setup/setupFailure";
import { BuildProgress } from "./buildProgress";
import { oldestUsable, pinnedVersion } from "./versions";

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Returns the pinned engine's executable, building it where `cache` does not hold it yet. */
export async function buildEngine(cache: string, environment: NodeJS.ProcessEnv): Promise<string> {
    const folder = join(cache, `${pinnedVersion()}-${moduleDigest()}-${process.platform}-${process.arch}`);
    const executable = join(folder, "pulumi");
    if (existsSync(executable)) {
        return executable;
    }
    const go = findGo(environment, __dirname, {
        name: "Pulumi CLI",
        install: `the Pulumi CLI ${oldestUsable()} or newer (https://www.pulumi.com/docs/install/)`,
    });
    mkdirSync(folder, { recursive: true });
    const lock = await BuildLock.take(dirname(cache));
    try {
        // Another set-up may have built it while this one waited.
        if (!existsSync(executable)) {
            await build(go, folder, executable, lock.signal);
        }
    } finally {
        lock.release();
    }
    return executable;
}

/** Builds beside the final place and moves the result there in one step: an interrupted build leaves no engine. */
async function build(go: string, folder: string, executable: string, signal: AbortSignal): Promise<void> {
    const version = pinnedVersion();
    const progress = new BuildProgress(`the Pulumi engine ${version}, once, from its Go module`);
    const unfinished = mkdtempSync(join(folder, "unfinished-"));
    try {
        const list = ["list", "-mod=readonly", "-deps", PACKAGE];
        const packages = await runGo(go, __dirname, list, signal, (line) => {
            progress.downloading(line);
        });
        progress.compiling(packages.length);
        const result = join(unfinished, "pulumi");
        const program = { module: __dirname, package: PACKAGE, linker: `-X ${VERSION_VARIABLE}=${version}` };
        await compile(go, program, result, signal, (line) => {
            progress.compiled(line);
        });
        bringLanguageHost(folder);
        renameSync(result, executable);
        progress.done();
    } catch (error) {
        progress.stop();
        throw error instanceof SetupFailure
            ? new SetupFailure(`building the Pulumi engine failed: ${error.message}`)
            : error;
    } finally {
        rmSync(unfinished, { recursive: true, force: true });
    }
}

/** The engine looks for language hosts beside itself. Several checkouts share this one: each names its own host. */
function bringLanguageHost(folder: string): void {
    const path = join(folder, "pulumi-language-nodejs");
    writeFileSync(path, '#!/bin/sh\nexec "$LOCAL_LANGUAGE_HOST" "$@"\n', { mode: 0o755 });
}

/** Other modules make another engine. */
function moduleDigest(): string {
    const hash = createHash("sha256");
    for (const file of ["go.mod", "go.sum"]) {
        hash.update(readFileSync(join(__dirname, file)));
    }
    return hash.digest("hex").slice(0, 12);
}
