import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { SetupFailure } from "../setup/setupFailure";
import { releaseAbandonedLocks } from "./abandonedLocks";
import { chooseEngine } from "./chooseEngine";
import { readCommandLine } from "./commandLine";
import type { CommandLine } from "./commandLine";
import { localEnvironment } from "./environment";
import { findProject, LANGUAGE_HOST_ON_PATH, PROVIDERS_ON_PATH, stateFolder } from "./places";
import { settingsOfRun, selectedStack, writeLocalSettings } from "./settings";
import type { LocalSettings } from "./settings";
import { shellScript } from "./shell";

/** These take no `--config-file` and would write into, rename or delete the committed settings. */
const WRITES_SETTINGS = new Set(
    "change-secrets-provider history init new remove rename rm select unselect".split(" "),
);

/** These change plain settings on the user's behalf: in the project's own file, as they would outside local mode. */
const EDITS_SETTINGS = new Set("rm rm-all set set-all".split(" "));

/** `run` is the process that becomes the engine. */
async function main(run: number, args: readonly string[]): Promise<void> {
    const line = readCommandLine(args);
    const state = stateFolder(process.env);
    mkdirSync(join(state, "home"), { recursive: true });
    for (const { stack, pid } of releaseAbandonedLocks(state)) {
        console.error(
            `local mode: released the lock of stack ${stack}: the run that held it (process ${pid}) was killed. ` +
                "docs/operations.md says what it may have left behind.",
        );
    }
    const engine = await chooseEngine(process.env, join(state, "home"));
    const project = findProject(resolve(line.cwd ?? "."));
    const settings = project === undefined ? undefined : writeLocalSettings(project, state);
    const [command, subcommand = ""] = line.words;
    const inSettings = settings !== undefined && command === "stack" && WRITES_SETTINGS.has(subcommand);
    if (command === "config" && EDITS_SETTINGS.has(subcommand) && line.secret) {
        throw new SetupFailure(
            "a secret set in local mode would be encrypted under a passphrase that everybody knows; " +
                "use `pulumi config set --secret` with a backend of your own",
        );
    }
    const edits = command === "config" && EDITS_SETTINGS.has(subcommand);
    const stack = settings === undefined || inSettings ? undefined : stackOf(line, settings, state);
    process.stdout.write(
        shellScript({
            environment: localEnvironment(process.env, {
                stateFolder: state,
                languageHost: join(LANGUAGE_HOST_ON_PATH, "pulumi-language-nodejs"),
                pathFirst: [PROVIDERS_ON_PATH, ...engine.pathAfterProviders],
                settingsFile:
                    settings === undefined || stack === undefined || edits
                        ? undefined
                        : settingsOfRun(settings, stack, state, run),
                stack: line.stack === undefined ? stack : undefined,
            }),
            folder: inSettings ? settings.folder : undefined,
            command: [engine.executable, ...(inSettings ? withoutFolder(args) : args)],
        }),
    );
}

function stackOf(line: CommandLine, settings: LocalSettings, state: string): string | undefined {
    const fromEnvironment = process.env.PULUMI_STACK ?? "";
    return line.stack ?? (fromEnvironment === "" ? selectedStack(settings, state) : fromEnvironment);
}

/** The command runs in the settings' folder: `-C` has been followed already. */
function withoutFolder(args: readonly string[]): string[] {
    return args.filter((arg, index) => {
        const before = args[index - 1];
        return !(/^(-C|--cwd=)/.test(arg) || arg === "--cwd" || before === "-C" || before === "--cwd");
    });
}

const [, , run, ...args] = process.argv;
main(Number(run), args).catch((error: unknown) => {
    if (!(error instanceof SetupFailure)) {
        throw error;
    }
    console.error(`local mode: ${error.message}`);
    process.exitCode = 1;
});
