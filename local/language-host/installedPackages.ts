import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const manifestSchema = z.looseObject({
    name: z.string(),
    version: z.string(),
    pulumi: z.unknown().optional(),
    dependencies: z.record(z.string(), z.string()).default({}),
    devDependencies: z.record(z.string(), z.string()).default({}),
});

/** A package.json, as far as it matters here. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The manifests of all packages in the folder's node_modules, and of those within them. */
export function installedPackages(folder: string): Manifest[] {
    return packageFolders(join(folder, "node_modules")).flatMap((path) => {
        const manifest = readManifest(path);
        return [...(manifest === undefined ? [] : [manifest]), ...installedPackages(path)];
    });
}

/** The package.json of this folder; undefined where there is none that names a package and its version. */
export function readManifest(folder: string): Manifest | undefined {
    const path = join(folder, "package.json");
    if (!existsSync(path)) {
        return undefined;
    }
    const read = manifestSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
    return read.success ? read.data : undefined;
}

function packageFolders(nodeModules: string): string[] {
    return subfolders(nodeModules).flatMap((name) =>
        name.startsWith("@")
            ? subfolders(join(nodeModules, name)).map((inner) => join(nodeModules, name, inner))
            : [join(nodeModules, name)],
    );
}

/** Links count: package managers other than npm link packages into place. */
function subfolders(folder: string): string[] {
    if (!existsSync(folder)) {
        return [];
    }
    return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
        .map((entry) => entry.name);
}
