import {
    copyFileSync,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { shortName } from "./commandLine";
import { deriveSettings } from "./deriveSettings";
import { LOCAL_PASSPHRASE } from "./environment";
import { isAlive } from "./isAlive";
import { encrypter, newEncryptionSalt } from "./passphrase";

const projectSchema = z.looseObject({ name: z.string(), stackConfigDir: z.string().optional() });
const workspaceSchema = z.looseObject({ stacks: z.record(z.string(), z.string()) });

/** The settings that the engine reads and writes in local mode, so that the committed ones stay as they are. */
export interface LocalSettings {
    readonly projectName: string;
    /** Holds a copy of Pulumi.yaml and the derived settings of all stacks. */
    readonly folder: string;
}

/** Derives the settings of every stack of the project anew. */
export function writeLocalSettings(project: string, stateFolder: string): LocalSettings {
    const text = readFileSync(join(project, "Pulumi.yaml"), "utf8");
    const { name, stackConfigDir } = projectSchema.parse(parse(text));
    const folder = join(stateFolder, "settings", name);
    mkdirSync(folder, { recursive: true });
    // The copy makes the folder a project: commands that write settings run in it.
    replaceFile(join(folder, "Pulumi.yaml"), text.replace(/^stackConfigDir:.*$/m, ""));

    const salt = encryptionSalt(stateFolder);
    let encrypt: ((text: string) => string) | undefined;
    const sources = join(project, stackConfigDir ?? "");
    for (const file of readdirSync(sources).filter((entry) => /^Pulumi\..+\.yaml$/.test(entry))) {
        const source = readFileSync(join(sources, file), "utf8");
        const derived = deriveSettings(source, salt, (value) =>
            // Deriving a key takes a moment: only for settings that hold secrets.
            (encrypt ??= encrypter(LOCAL_PASSPHRASE, salt))(value),
        );
        replaceFile(join(folder, file), derived);
    }
    return { projectName: name, folder };
}

/**
 * The settings file of one run, named by the process that becomes the engine: `--config key=value` is written into it,
 * and another run at the same time must not see that. Files of runs that have ended are removed.
 */
export function settingsOfRun(
    settings: LocalSettings,
    stack: string,
    stateFolder: string,
    run: number,
): string {
    const folder = join(settings.folder, "runs");
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(folder)) {
        const owner = Number(/\.(\d+)\.yaml$/.exec(file)?.[1]);
        if (!isAlive(owner)) {
            rmSync(join(folder, file), { force: true });
        }
    }
    const file = join(folder, `Pulumi.${stack}.${run}.yaml`);
    const derived = join(settings.folder, `Pulumi.${stack}.yaml`);
    if (existsSync(derived)) {
        copyFileSync(derived, file);
    } else {
        // A stack without settings still needs the salt, or the engine would choose another.
        writeFileSync(file, `encryptionsalt: ${encryptionSalt(stateFolder)}\n`);
    }
    return file;
}

/** What `stack select` or `stack init` chose in local mode: the engine notes it in its home, by project. */
export function selectedStack(settings: LocalSettings, stateFolder: string): string | undefined {
    const notes = join(stateFolder, "home", "workspaces");
    if (!existsSync(notes)) {
        return undefined;
    }
    const note = readdirSync(notes).find(
        (file) => file.startsWith(`${settings.projectName}-`) && file.endsWith("-workspace.json"),
    );
    if (note === undefined) {
        return undefined;
    }
    const read = workspaceSchema.safeParse(JSON.parse(readFileSync(join(notes, note), "utf8")));
    // By backend; this home knows only the one in the same folder.
    const [selected] = read.success ? Object.values(read.data.stacks) : [];
    return selected === undefined ? undefined : shortName(selected);
}

/** One salt for the whole state folder: the states in it were encrypted under it. */
function encryptionSalt(stateFolder: string): string {
    const file = join(stateFolder, "encryption-salt");
    if (!existsSync(file)) {
        replaceFile(file, newEncryptionSalt(LOCAL_PASSPHRASE));
    }
    return readFileSync(file, "utf8");
}

/** Several commands may run at once: a reader finds the old text or the new one, never half of it. */
function replaceFile(file: string, text: string): void {
    if (existsSync(file) && readFileSync(file, "utf8") === text) {
        return;
    }
    const half = `${file}.${process.pid}`;
    writeFileSync(half, text);
    renameSync(half, file);
}
