import { join } from "node:path";
import { goBuild } from "../../setup/goBuild";
import { pinnedTool } from "../../setup/pinnedTool";

const goModule = ["go.mod", "go.sum"].map((file) => join(__dirname, file));
const service = "github.com/envoyproxy/ratelimit/src/service_cmd";

/**
 * The real `envoyproxy/ratelimit`, built once from its Go module (go.sum states what each module must hash to), in a minute.
 * Throws `ToolUnavailable` where there is no Go that is recent enough.
 */
export function limiterBinary(): Promise<string> {
    return pinnedTool({
        name: "ratelimit",
        pins: goModule,
        executable: "ratelimit",
        install: (folder) => goBuild({ module: __dirname, package: service }, join(folder, "ratelimit")),
    });
}
