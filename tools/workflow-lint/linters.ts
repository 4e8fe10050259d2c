import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { pinnedTool } from "../../local/setup/pinnedTool";
import { installPythonPackage } from "../../local/setup/pythonPackage";

const goModule = ["go.mod", "go.sum"].map((file) => join(__dirname, file));
const requirements = join(__dirname, "requirements.txt");
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint";

/** `actionlint`, built from its Go module: go.sum states what each module must hash to. */
export function actionlint(): Promise<string> {
    return pinnedTool({
        name: "actionlint",
        pins: goModule,
        executable: "actionlint",
        install: async (folder) => {
            const flags = ["-mod=readonly", "-buildvcs=false", "-o", join(folder, "actionlint")];
            const env = {
                ...process.env,
                GOTOOLCHAIN: "local",
                GOWORK: "off",
                GOFLAGS: "",
                CGO_ENABLED: "0",
            };
            await promisify(execFile)("go", ["build", ...flags, ACTIONLINT], { cwd: __dirname, env });
        },
    });
}

/** `zizmor`, from its Python package. */
export function zizmor(): Promise<string> {
    return pinnedTool({
        name: "zizmor",
        pins: [requirements],
        executable: join("bin", "zizmor"),
        install: (folder) => installPythonPackage(requirements, folder),
    });
}
