import { z } from "zod";
import { installedPackages } from "./installedPackages";

/** A provider plugin that the program's npm packages ask for. */
export interface RequiredPackage {
    readonly name: string;
    /** With a leading `v`. */
    readonly version: string;
    /** Where the plugin is downloaded; empty for the default. */
    readonly server: string;
}

const pluginSchema = z.looseObject({
    resource: z.literal(true),
    name: z.string().optional(),
    version: z.string().optional(),
    server: z.string().optional(),
});

/**
 * Finds the packages in the program's node_modules whose package.json says `"pulumi": {"resource": true}`. Unlike the
 * official host it does not look for node_modules in other folders of the program.
 */
export function requiredPackages(programFolder: string): RequiredPackage[] {
    return installedPackages(programFolder).flatMap((manifest) => {
        const plugin = pluginSchema.safeParse(manifest.pulumi);
        if (!plugin.success) {
            return [];
        }
        const name = plugin.data.name ?? manifest.name.replace(/^@pulumi\//, "");
        const version = plugin.data.version ?? manifest.version;
        return [{ name, version: version.replace(/^v?/, "v"), server: plugin.data.server ?? "" }];
    });
}
