/** What local mode has to know of the engine's arguments; everything else passes through unread. */
export interface CommandLine {
    /** The command and its sub-command, for example `["stack", "export"]`. */
    readonly words: readonly string[];
    /** `--stack`, without organization and project; undefined where the engine takes the selected stack. */
    readonly stack: string | undefined;
    /** `-C`: the folder to run in. */
    readonly cwd: string | undefined;
    /** `--secret` was given. */
    readonly secret: boolean;
}

/** Flags before or between the words whose value is the next argument (`pulumi --help`, Global Flags). */
const TAKES_VALUE = new Set([
    "--color",
    "--cwd",
    "-C",
    "--stack",
    "-s",
    "--config-file",
    "--memprofilerate",
    "--otel-traces",
    "--profiling",
    "--tracing",
    "--verbose",
    "-v",
]);

/** `pulumi config`, `pulumi stack`: the commands whose sub-command matters here are the second word. */
const WORDS = 2;

export function readCommandLine(args: readonly string[]): CommandLine {
    const words: string[] = [];
    const values = new Map<string, string>();
    let secret = false;
    const rest = [...args];
    for (let arg = rest.shift(); arg !== undefined && arg !== "--"; arg = rest.shift()) {
        const [flag, attached] = splitFlag(arg);
        if (flag === undefined) {
            words.push(arg);
        } else if (TAKES_VALUE.has(flag)) {
            values.set(flag, attached ?? rest.shift() ?? "");
        } else if (flag === "--secret") {
            secret = attached !== "false";
        }
    }
    const stack = values.get("--stack") ?? values.get("-s");
    return {
        words: words.slice(0, WORDS),
        stack: stack === undefined ? undefined : shortName(stack),
        cwd: values.get("--cwd") ?? values.get("-C"),
        secret,
    };
}

/** `organization/traffic/dev` is the stack dev of this project's settings. */
export function shortName(stack: string): string {
    return stack.slice(stack.lastIndexOf("/") + 1);
}

/** `--stack=dev`, `-sdev` and `-s dev` are the same flag. */
function splitFlag(arg: string): [flag: string | undefined, attached: string | undefined] {
    if (!arg.startsWith("-") || arg === "-") {
        return [undefined, undefined];
    }
    if (arg.startsWith("--")) {
        const equals = arg.indexOf("=");
        return equals < 0 ? [arg, undefined] : [arg.slice(0, equals), arg.slice(equals + 1)];
    }
    const attached = arg.slice(2).replace(/^=/, "");
    return [arg.slice(0, 2), attached === "" ? undefined : attached];
}
