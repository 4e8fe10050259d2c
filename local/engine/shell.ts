import type { EnvironmentChanges } from "./environment";

/** What the shell that asked for it has to do to become the engine. */
export interface Launch {
    readonly environment: EnvironmentChanges;
    /** The folder to change to first; undefined to stay. */
    readonly folder: string | undefined;
    readonly command: readonly string[];
}

/** The launch as lines that bash evaluates. */
export function shellScript(launch: Launch): string {
    const variables = Object.entries(launch.environment).map(([name, value]) =>
        value === undefined ? `unset ${name}` : `export ${name}=${quote(value)}`,
    );
    const folder = launch.folder === undefined ? [] : [`cd ${quote(launch.folder)}`];
    return [...variables, ...folder, `exec ${launch.command.map(quote).join(" ")}`, ""].join("\n");
}

/** Inside single quotes only a single quote means something. */
function quote(text: string): string {
    return `'${text.replaceAll("'", "'\\''")}'`;
}
