import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
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
        install: async (folder) => {
            const flags = ["-mod=readonly", "-buildvcs=false", "-ldflags", "-s -w"];
            const env = {
                ...process.env,
                GOTOOLCHAIN: "local",
                GOWORK: "off",
                GOFLAGS: "",
                CGO_ENABLED: "0",
            };
            const args = ["build", ...flags, "-o", join(folder, "ratelimit"), service];
            await promisify(execFile)("go", args, { cwd: __dirname, env });
        },
    });
}
