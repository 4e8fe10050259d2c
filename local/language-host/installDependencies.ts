import * as proto from "@pulumi/pulumi/proto/language_pb";
import { exitOf, start } from "./children";
import { installCommand } from "./packageManager";
import { readRuntimeOptions } from "./runtimeOptions";

/** `pulumi install`: installs the npm packages of a program, a plugin or a policy pack. */
export async function installDependencies(
    request: proto.InstallDependenciesRequest,
    output: (response: proto.InstallDependenciesResponse) => void,
): Promise<void> {
    const folder = request.getInfo()?.getProgramDirectory() ?? request.getDirectory();
    const options = readRuntimeOptions(request.getInfo()?.getOptions());
    const say = (text: string): void => {
        output(new proto.InstallDependenciesResponse().setStdout(Buffer.from(text)));
    };
    say("Installing dependencies...\n\n");
    const [manager, ...args] = installCommand(folder, options);
    const child = start(manager, args, folder, process.env);
    child.stdout.on("data", (chunk: Buffer) => {
        output(new proto.InstallDependenciesResponse().setStdout(chunk));
    });
    child.stderr.on("data", (chunk: Buffer) => {
        output(new proto.InstallDependenciesResponse().setStderr(chunk));
    });
    const code = await exitOf(child);
    if (code !== 0) {
        throw new Error(`${[manager, ...args].join(" ")} failed with exit code ${code}`);
    }
    say("Finished installing dependencies\n\n");
}
