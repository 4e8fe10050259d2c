import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { Account } from "../../../local/providers/table/account";
import type { LocalEngine } from "./LocalEngine";

const resource = z.looseObject({
    urn: z.string(),
    type: z.string(),
    id: z.string().default(""),
    delete: z.boolean().default(false),
    initErrors: z.array(z.string()).default([]),
    inputs: z.record(z.string(), z.unknown()).default({}),
    outputs: z.record(z.string(), z.unknown()).default({}),
});
const checkpointSchema = z.object({
    checkpoint: z.object({
        latest: z
            .object({
                resources: z.array(resource).default([]),
                pending_operations: z
                    .array(z.object({ type: z.string(), resource: z.object({ urn: z.string() }) }))
                    .default([]),
            })
            .nullish(),
    }),
});

export interface Checkpoint {
    readonly resources: readonly z.infer<typeof resource>[];
    /** What an engine had begun and not ended, such as `creating cluster`. */
    readonly pending: readonly string[];
}

/** The stack's state as it lies in the backend: no engine has to be started to read it. */
export function readCheckpoint(
    { stateFolder, stack }: Pick<LocalEngine, "stateFolder" | "stack">,
    project: string,
): Checkpoint {
    const file = join(stateFolder, ".pulumi", "stacks", project, `${stack}.json`);
    const { latest } = checkpointSchema.parse(JSON.parse(readFileSync(file, "utf8"))).checkpoint;
    return {
        resources: latest?.resources ?? [],
        pending: (latest?.pending_operations ?? []).map(
            ({ type, resource: { urn } }) => `${type} ${nameOf(urn)}`,
        ),
    };
}

/** The account in which the emulated providers make things for this engine. */
export function accountOf({ stateFolder }: Pick<LocalEngine, "stateFolder">): Account {
    return new Account(join(stateFolder, "emulated", "account"));
}

/** The resources that a state says are there, and those that are: each as `type id`, in order. Equal where nothing is lost or left behind. */
export function stateAndAccount(
    engine: Pick<LocalEngine, "stateFolder" | "stack">,
    project: string,
): { readonly state: readonly string[]; readonly account: readonly string[] } {
    const of = ({ type, id }: { type: string; id: string }): string => `${type} ${id}`;
    const { resources } = readCheckpoint(engine, project);
    return {
        state: resources
            .filter(({ type, id }) => type.startsWith("aws:") && id !== "")
            .map(of)
            .sort(),
        account: accountOf(engine).all().map(of).sort(),
    };
}

export function nameOf(urn: string): string {
    return basename(urn.split("::").at(-1) ?? "");
}
