import { delimiter, join } from "node:path";

/** What the engine's environment is made from. */
export interface EnvironmentParts {
    /** The engine's backend and home are in it. */
    readonly stateFolder: string;
    /** The executable of this project's language host. */
    readonly languageHost: string;
    /** Folders to look in before all others. */
    readonly pathFirst: readonly string[];
    /** Read instead of Pulumi.<stack>.yaml; undefined where the engine finds its own. */
    readonly settingsFile: string | undefined;
    /** Taken where the command names no stack. */
    readonly stack: string | undefined;
}

/** Changes to the environment: undefined removes a variable. */
export type EnvironmentChanges = Readonly<Record<string, string | undefined>>;

/**
 * Everybody can read this passphrase, and may: the state of local mode holds the values of emulated resources, nothing
 * of worth. It is fixed so that no command ever asks.
 */
export const LOCAL_PASSPHRASE = "local mode protects emulated values only";

/** Would let the engine find another backend, other plugins, or an account. */
const REMOVED = [
    "PULUMI_ACCESS_TOKEN",
    "PULUMI_API",
    "PULUMI_CONFIG",
    "PULUMI_CONFIG_PASSPHRASE_FILE",
    "PULUMI_DEBUG_LANGUAGES",
    "PULUMI_DEBUG_PROVIDERS",
    "PULUMI_DEFAULT_ORGANIZATION",
    "PULUMI_IGNORE_AMBIENT_PLUGINS",
    "PULUMI_NEO",
    "PULUMI_OPTION_CONFIG_FILE",
];

/** What has to change in `current` for an engine that meets nothing but this project and its emulated providers. */
export function localEnvironment(current: NodeJS.ProcessEnv, parts: EnvironmentParts): EnvironmentChanges {
    const aws = Object.keys(current).filter((name) => name.startsWith("AWS_"));
    const path = [...parts.pathFirst, current.PATH ?? ""].join(delimiter);
    return {
        ...Object.fromEntries([...REMOVED, ...aws].map((name) => [name, undefined])),
        // The providers keep their counts there; the plugins' current directory may be another.
        LOCAL_STATE_DIR: parts.stateFolder,
        // What the executable beside an engine that was built here starts.
        LOCAL_LANGUAGE_HOST: parts.languageHost,
        PATH: path,
        PULUMI_BACKEND_URL: `file://${parts.stateFolder}`,
        PULUMI_CONFIG_PASSPHRASE: LOCAL_PASSPHRASE,
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
        PULUMI_HOME: join(parts.stateFolder, "home"),
        // The plugins are on PATH: there is nothing to install before the program runs.
        PULUMI_OPTION_SKIP_PLUGIN_PRE_INSTALL: "true",
        // The engine would write the whole state after each resource, which takes longer than all the rest. An engine that is killed then
        // forgets what it made, which here is nothing real. Set it to false for the engine's own way.
        PULUMI_SKIP_CHECKPOINTS: current.PULUMI_SKIP_CHECKPOINTS ?? "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        ...(parts.settingsFile === undefined ? {} : { PULUMI_OPTION_CONFIG_FILE: parts.settingsFile }),
        ...(parts.stack === undefined ? {} : { PULUMI_STACK: parts.stack }),
    };
}
