import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { readReference } from "../argument-reference/main";
import { asMarkdown } from "../argument-reference/markdown";

const root = resolve(__dirname, "..", "..");
const components = join(root, "components");

/** Writes the package of the components into a folder that it empties first: JavaScript, types, source maps, and what npm shows. */
export function buildComponents(folder: string): void {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const compiler = createRequire(__filename).resolve("typescript/bin/tsc");
    const project = join(__dirname, "tsconfig.json");
    execFileSync(process.execPath, [compiler, "--project", project, "--outDir", folder], {
        stdio: ["ignore", "inherit", "inherit"],
    });
    for (const file of ["package.json", "README.md"]) {
        copyFileSync(join(components, file), join(folder, file));
    }
    copyFileSync(join(root, "CHANGELOG.md"), join(folder, "CHANGELOG.md"));
    writeFileSync(join(folder, "REFERENCE.md"), reference());
}

/** The reference of arguments, generated from the docstrings, with links to the package's own types. */
function reference(): string {
    const text = asMarkdown(readReference());
    return text.replaceAll(/\]\(\.\.\/components\/([\w/]+)\.ts\)/g, "](./$1.d.ts)");
}
