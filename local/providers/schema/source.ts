import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const requireFromHere = createRequire(__filename);

/** An installed Pulumi SDK package, whose type declarations say what its resources accept. */
export interface InstalledPackage {
    readonly name: string;
    readonly folder: string;
    readonly version: string;
}

export function installedPackage(name: string): InstalledPackage {
    const manifest = requireFromHere.resolve(`${name}/package.json`);
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    return { name, folder: dirname(manifest), version: version.replace(/^v/, "") };
}

/** Where the declarations of a token are: `aws:ecs/service:Service` in ecs/service.d.ts, `tls:index/x:X` in x.d.ts. */
export function declarationFile({ folder }: InstalledPackage, token: string): string {
    const [, path = ""] = token.split(":");
    return join(folder, `${path.replace(/^index\//, "")}.d.ts`);
}

/** The last part of a token, which is the name of the resource's class. */
export function className(token: string): string {
    return token.split(":").at(-1) ?? token;
}
