import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Installs what a requirements file names, with its hashes checked, into a folder. */
export async function installPythonPackage(requirements: string, folder: string): Promise<void> {
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
    const from = ["--require-hashes", "--target", folder, "--requirement", requirements];
    await promisify(execFile)("python3", [...pip, ...from]);
}
