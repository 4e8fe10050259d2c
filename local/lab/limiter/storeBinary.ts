import { findOnPath } from "../../setup/onPath";
import { ToolUnavailable } from "../../setup/pinnedTool";

const servers = ["valkey-server", "redis-server"];

/** A Valkey, or the Redis that it was made from, of the system's own packages: local/setup/system-packages.sh installs one. */
export function storeBinary(environment: NodeJS.ProcessEnv = process.env): string {
    for (const name of servers) {
        const found = findOnPath(name, environment.PATH ?? "")?.found;
        if (found !== undefined) {
            return found;
        }
    }
    throw new ToolUnavailable(
        `there is neither ${servers.join(" nor ")} on PATH: install the system's package of that name`,
    );
}
