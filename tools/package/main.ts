import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { buildComponents } from "./buildComponents";

const root = resolve(__dirname, "..", "..");
const packages = resolve(root, ".local", "packages");

/** Both packages as npm would publish them, in .local/packages. */
mkdirSync(packages, { recursive: true });
const built = resolve(packages, "components");
buildComponents(built);
for (const folder of [built, resolve(root, "policies")]) {
    execFileSync("npm", ["pack", folder, "--pack-destination", packages, "--loglevel", "error"], {
        stdio: "inherit",
    });
}
