import { dirname, join } from "node:path";
import { executable, findOnPath } from "../setup/onPath";

/** Whether the engine at `real` comes with its Node.js language host, beside it or on PATH. */
export function bringsLanguageHost(real: string, path: string): boolean {
    const name = "pulumi-language-nodejs";
    return executable(join(dirname(real), name)) !== undefined || findOnPath(name, path) !== undefined;
}
