import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Step } from "./steps";

const passedSchema = z.object({
    digest: z.string(),
    /** ISO 8601. */
    at: z.iso.datetime(),
    passed: z.int(),
});

/** A run of a step in which everything passed and nothing was skipped. */
export type Passed = z.infer<typeof passedSchema>;

/** What the steps read of this checkout. */
export interface Inputs {
    /** Path to content, of each file that git knows or would know next. */
    readonly files: ReadonlyMap<string, Buffer>;
    /** What else decides how a step ends. */
    readonly surroundings: readonly string[];
}

/** The checkout's files as they are now; undefined where git does not know it. */
export function readInputs(root: string, environment: NodeJS.ProcessEnv): Inputs | undefined {
    if (!existsSync(join(root, ".git"))) {
        return undefined;
    }
    const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const paths = execFileSync("git", list, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 })
        .split("\0")
        .filter((path) => path !== "" && existsSync(join(root, path)));
    const settings = Object.entries(environment).filter(([name]) =>
        /^(PATH$|NODE_|PULUMI_|LOCAL_|LAB_)/.test(name),
    );
    return {
        files: new Map([...new Set(paths)].sort().map((path) => [path, readFileSync(join(root, path))])),
        surroundings: [
            process.version,
            process.platform,
            process.arch,
            ...settings.map(([name, value]) => `${name}=${value ?? ""}`).sort(),
        ],
    };
}

/** Remembers which tests passed on which files, so that a run repeats those alone for which something has changed. */
export class PassedBefore {
    constructor(
        private readonly folder: string,
        private readonly read: () => Inputs | undefined,
    ) {}

    /** Taken before a step begins. */
    digestOf(step: Step): string | undefined {
        const inputs = step.counts === "tests" ? this.read() : undefined;
        if (inputs === undefined) {
            return undefined;
        }
        const hash = createHash("sha256");
        const add = (part: string | Buffer): void => {
            hash.update(`${part.length} `).update(part);
        };
        [step.name, ...step.command, ...inputs.surroundings].forEach(add);
        for (const [path, content] of inputs.files) {
            if (step.doesNotRead?.test(path) !== true) {
                add(path);
                add(content);
            }
        }
        return hash.digest("hex");
    }

    /** The run of the step in which it passed on the same files; undefined where there was none, or its note cannot be read. */
    recall(step: Step, digest: string | undefined): Passed | undefined {
        const file = this.#file(step);
        if (digest === undefined || !existsSync(file)) {
            return undefined;
        }
        const found = passedSchema.safeParse(parsed(readFileSync(file, "utf8")));
        return found.success && found.data.digest === digest ? found.data : undefined;
    }

    /** Notes that the step passed; not where a file was changed while it ran. */
    keep(step: Step, digest: string | undefined, passed: number): void {
        if (digest === undefined || this.digestOf(step) !== digest) {
            return;
        }
        mkdirSync(this.folder, { recursive: true });
        const file = this.#file(step);
        const note: Passed = { digest, at: new Date().toISOString(), passed };
        writeFileSync(`${file}.part`, JSON.stringify(note));
        renameSync(`${file}.part`, file);
    }

    #file({ name }: Step): string {
        return join(this.folder, `${name}.json`);
    }
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
