import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

export const root = resolve(__dirname, "../../../..");

export interface WorkflowStep {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
    /** File and job: `deploy-stack.yml deploy`. */
    readonly name: string;
    readonly if?: string;
    readonly uses?: string;
    readonly needs: readonly string[];
    readonly environment?: string;
    readonly permissions: Readonly<Record<string, string>>;
    readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": unknown };
    readonly steps: readonly WorkflowStep[];
}

export interface Workflow {
    readonly file: string;
    readonly text: string;
    /** Events that start it. */
    readonly on: readonly string[];
    readonly permissions: unknown;
    readonly jobs: readonly Job[];
}

interface RawJob extends Omit<Job, "name" | "needs" | "permissions" | "steps"> {
    readonly needs?: string | readonly string[];
    readonly permissions?: Job["permissions"];
    readonly steps?: Job["steps"];
}

const folder = join(root, ".github/workflows");

export function readWorkflows(): readonly Workflow[] {
    return readdirSync(folder).map((file) => {
        const text = readFileSync(join(folder, file), "utf8");
        const read = parse(text) as {
            on: Record<string, unknown>;
            permissions: unknown;
            jobs: Record<string, RawJob>;
        };
        const jobs = Object.entries(read.jobs).map(([name, job]) => ({
            ...job,
            name: `${file} ${name}`,
            needs: [job.needs ?? []].flat(),
            permissions: job.permissions ?? {},
            steps: job.steps ?? [],
        }));
        return { file, text, on: Object.keys(read.on), permissions: read.permissions, jobs };
    });
}

/** Steps of every job and of the composite actions. */
export function allSteps(): readonly WorkflowStep[] {
    const action = readFileSync(join(root, ".github/actions/setup/action.yml"), "utf8");
    const { runs } = parse(action) as { runs: { steps: readonly WorkflowStep[] } };
    return [...readWorkflows().flatMap(({ jobs }) => jobs.flatMap(({ steps }) => steps)), ...runs.steps];
}
