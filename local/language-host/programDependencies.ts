import { join } from "node:path";
import { installedPackages, readManifest } from "./installedPackages";

/** An npm package that the program uses. */
export interface Dependency {
    readonly name: string;
    readonly version: string;
}

/** The program's own dependencies with the versions that are installed; with `transitive` every installed package. */
export function programDependencies(programFolder: string, transitive: boolean): Dependency[] {
    if (transitive) {
        return installedPackages(programFolder).map(({ name, version }) => ({ name, version }));
    }
    const program = readManifest(programFolder);
    const names = Object.keys({ ...program?.dependencies, ...program?.devDependencies });
    return names.flatMap((name) => {
        const installed = readManifest(join(programFolder, "node_modules", name));
        return installed === undefined ? [] : [{ name, version: installed.version }];
    });
}
