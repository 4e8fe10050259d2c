import * as proto from "@pulumi/pulumi/proto/language_pb";
import type { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { exitOf, killOn, startNode } from "./children";
import { firstLine } from "./firstLine";
import { PolicyProxy } from "./policyProxy";
import { findRunner } from "./runner";
import { optionVariables, readRuntimeOptions } from "./runtimeOptions";

type Output = (response: proto.RunPluginResponse) => void;

/** Runs a plugin that is written in this language: a policy pack (kind `analyzer`), or a provider. */
export async function runPlugin(
    request: proto.RunPluginRequest,
    output: Output,
    abandoned: AbortSignal,
): Promise<void> {
    if (request.getKind() === "analyzer") {
        await runPolicyPack(request, output, abandoned);
        return;
    }
    const [runner, ...args] = pluginArguments(request, "run-plugin");
    const folder = programFolder(request);
    const child = startNode([runner, folder, ...args], request.getPwd(), environment(request));
    child.stdout.on("data", (chunk: Buffer) => {
        output(new proto.RunPluginResponse().setStdout(chunk));
    });
    await finish(child, output, abandoned);
}

/**
 * Packs read the stack's name and configuration from their environment, but the engine tells them by RPC: a proxy
 * stands in until it has heard them, starts the pack, and passes everything on.
 */
async function runPolicyPack(
    request: proto.RunPluginRequest,
    output: Output,
    abandoned: AbortSignal,
): Promise<void> {
    const proxy = await PolicyProxy.start();
    try {
        output(new proto.RunPluginResponse().setStdout(Buffer.from(`${proxy.port}\n`)));
        const configuration = await proxy.configuration(abandoned);
        const folder = programFolder(request);
        const [runner, ...args] = pluginArguments(request, "run-policy-pack");
        // A pack has always run in its own folder, and takes that as its last argument.
        const child = startNode([runner, ...args, folder], folder, {
            ...environment(request),
            ...stackVariables(configuration),
        });
        const port = firstLine(child.stdout, (rest) => {
            output(new proto.RunPluginResponse().setStdout(rest));
        });
        port.then(
            (text) => {
                proxy.connect(Number(text));
            },
            (error: unknown) => {
                proxy.fail(error);
            },
        );
        await finish(child, output, abandoned);
    } finally {
        proxy.stop();
    }
}

async function finish(
    child: ReturnType<typeof startNode>,
    output: Output,
    abandoned: AbortSignal,
): Promise<void> {
    child.stderr.on("data", (chunk: Buffer) => {
        output(new proto.RunPluginResponse().setStderr(chunk));
    });
    killOn(abandoned, child);
    const code = await exitOf(child);
    if (code !== 0) {
        throw new Error(`Program exited with non-zero exit code: ${code}`);
    }
}

/** The runner, Node's arguments as the official host passes them to plugins (after the runner), the plugin's own. */
function pluginArguments(request: proto.RunPluginRequest, runner: string): [string, ...string[]] {
    const folder = programFolder(request);
    const { nodeArgs } = readRuntimeOptions(request.getInfo()?.getOptions());
    return [findRunner(runner, folder, `npm install in ${folder}`), ...nodeArgs, ...request.getArgsList()];
}

function environment(request: proto.RunPluginRequest): NodeJS.ProcessEnv {
    const given = request.getEnvList().map((entry) => {
        const equals = entry.indexOf("=");
        return [entry.slice(0, equals), entry.slice(equals + 1)] as const;
    });
    const options = readRuntimeOptions(request.getInfo()?.getOptions());
    return { ...Object.fromEntries(given), ...optionVariables(options) };
}

/** What the SDK in a pack reads: `pulumi.getStack()`, `new pulumi.Config()` and the like. */
export function stackVariables(configuration: AnalyzerStackConfigureRequest | undefined): NodeJS.ProcessEnv {
    if (configuration === undefined) {
        return {};
    }
    const variables = {
        PULUMI_NODEJS_ORGANIZATION: configuration.getOrganization(),
        PULUMI_NODEJS_PROJECT: configuration.getProject(),
        PULUMI_NODEJS_STACK: configuration.getStack(),
        PULUMI_NODEJS_DRY_RUN: String(configuration.getDryRun()),
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(configuration.getConfigMap().getEntryList())),
    };
    return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
}

function programFolder(request: proto.RunPluginRequest): string {
    return request.getInfo()?.getProgramDirectory() ?? "";
}
