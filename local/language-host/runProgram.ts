import * as proto from "@pulumi/pulumi/proto/language_pb";
import { exitOf, interruptOn, startNode } from "./children";
import { MemorySniffer } from "./memorySniffer";
import { findRunner } from "./runner";
import { optionVariables, readRuntimeOptions } from "./runtimeOptions";

/** The runner exits with this after it has shown the user what is wrong: nothing more is to be said. */
const ALREADY_REPORTED = 32;

/** Runs the program of a preview or an update to its end. */
export async function runProgram(
    request: proto.RunRequest,
    engine: string,
    cancelled: AbortSignal,
): Promise<proto.RunResponse> {
    try {
        return await run(request, engine, cancelled);
    } catch (error) {
        return new proto.RunResponse().setError(error instanceof Error ? error.message : String(error));
    }
}

async function run(
    request: proto.RunRequest,
    engine: string,
    cancelled: AbortSignal,
): Promise<proto.RunResponse> {
    if (request.getAttachDebugger()) {
        throw new Error(
            "this language host cannot attach a debugger; pass --inspect-brk in the nodeargs option",
        );
    }
    const options = readRuntimeOptions(request.getInfo()?.getOptions());
    const runner = findRunner("run", request.getInfo()?.getProgramDirectory() ?? "", "pulumi install");
    const args = [...options.nodeArgs, runner, ...programArguments(request, engine)];
    const child = startNode(args, undefined, {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(runnerConfig(request)),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        ...optionVariables(options),
    });
    interruptOn(cancelled, child);
    const sniffer = new MemorySniffer();
    child.stdout.on("data", (chunk: Buffer) => process.stdout.write(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
        sniffer.read(chunk);
        process.stderr.write(chunk);
    });
    return programResult(await exitOf(child), sniffer.message);
}

/** What the engine is told about an exit code. `hint` follows a code that says nothing by itself. */
export function programResult(code: number, hint: string): proto.RunResponse {
    const response = new proto.RunResponse();
    if (code === 0) {
        return response;
    }
    if (code === ALREADY_REPORTED) {
        return response.setBail(true);
    }
    return response.setError(
        [`Program exited with non-zero exit code: ${code}`, hint].filter(Boolean).join(". "),
    );
}

/** The runner's flags, then the entry point and the program's own arguments. Empty flags are left out. */
export function programArguments(request: proto.RunRequest, engine: string): string[] {
    const flags = {
        monitor: request.getMonitorAddress(),
        engine,
        organization: request.getOrganization(),
        project: request.getProject(),
        "root-directory": request.getInfo()?.getRootDirectory() ?? "",
        stack: request.getStack(),
        pwd: request.getInfo()?.getProgramDirectory() ?? "",
        parallel: String(request.getParallel()),
    };
    return [
        ...Object.entries(flags).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value])),
        ...(request.getDryrun() ? ["--dry-run"] : []),
        request.getInfo()?.getEntryPoint() ?? "",
        ...request.getArgsList(),
    ];
}

/** The runner reads the keys in an old form: `aws:region` as `aws:config:region`. */
export function runnerConfig(request: proto.RunRequest): Record<string, string> {
    const entries = request.getConfigMap().getEntryList();
    return Object.fromEntries(
        entries.map(([key, value]) => [key.replace(/^([^:]+):(?!config:)/, "$1:config:"), value]),
    );
}
