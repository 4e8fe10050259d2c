import { execFileSync } from "node:child_process";
import { join } from "node:path";
import * as proto from "@pulumi/pulumi/proto/language_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { readManifest } from "./installedPackages";
import { packageManagerOf } from "./packageManager";
import { readRuntimeOptions } from "./runtimeOptions";

/** `pulumi about`: which Node.js and which package manager run the program. */
export function about(programFolder: string, options: Struct | undefined): proto.AboutResponse {
    const manager = packageManagerOf(programFolder, readRuntimeOptions(options));
    const typescript = readManifest(join(programFolder, "node_modules", "typescript"))?.version;
    const response = new proto.AboutResponse().setExecutable(process.execPath).setVersion(process.version);
    response.getMetadataMap().set("packagemanager", manager);
    response.getMetadataMap().set("packagemanagerVersion", versionOf(manager));
    if (typescript !== undefined) {
        response.getMetadataMap().set("typescriptVersion", typescript);
    }
    return response;
}

/** Empty where it cannot be found out: that is no reason to fail. */
function versionOf(manager: string): string {
    try {
        return execFileSync(manager, ["--version"], {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
        }).trim();
    } catch {
        return "";
    }
}
