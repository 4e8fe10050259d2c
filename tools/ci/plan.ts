import { createHash } from "node:crypto";
import { z } from "zod";
import type { EngineEvent } from "./events";

const operationSchema = z.strictObject({
    /** `create`, `update`, `replace`, `delete`, … */
    op: z.string(),
    urn: z.string(),
    /** Names of the properties that change; values stay in the engine. */
    changes: z.array(z.string()),
});
const planSchema = z.strictObject({
    stack: z.string(),
    /** The commit whose program and policy pack made the plan. */
    commit: z.string().regex(/^[0-9a-f]{40}$/),
    operations: z.array(operationSchema),
    digest: z.string(),
});

export type Operation = Readonly<z.infer<typeof operationSchema>>;
export type Plan = Readonly<z.infer<typeof planSchema>>;

/** What a preview would do: one entry a resource, without those that stay as they are. */
export function operationsOf(events: readonly EngineEvent[]): readonly Operation[] {
    return events
        .flatMap(({ resourcePreEvent: event }) => (event === undefined ? [] : [event.metadata]))
        .filter(
            ({ op, logical, urn }) => logical && op !== "same" && op !== "read" && !isDefaultProvider(urn),
        )
        .map(({ op, urn, diffs }) => ({ op, urn, changes: [...(diffs ?? [])].sort() }))
        .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/** The engine makes these itself, and does not count them either. */
function isDefaultProvider(urn: string): boolean {
    return /::pulumi:providers:\w+::default/.test(urn);
}

/** What a refresh found to differ from the state: changed, or gone. */
export function driftOf(events: readonly EngineEvent[]): readonly Operation[] {
    return events
        .flatMap(({ resOutputsEvent: event }) => (event === undefined ? [] : [event.metadata]))
        .filter(({ op }) => op === "update" || op === "delete")
        .map(({ op, urn, diffs }) => ({ op, urn, changes: [...(diffs ?? [])].sort() }))
        .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

export function planOf(stack: string, commit: string, operations: readonly Operation[]): Plan {
    const text = JSON.stringify({ stack, commit, operations });
    const digest = createHash("sha256").update(text).digest("hex");
    return { stack, commit, operations: [...operations], digest };
}

/** Reads a plan that an earlier job wrote; throws where it was changed. */
export function readPlan(text: string): Plan {
    const read = planSchema.parse(JSON.parse(text));
    const again = planOf(read.stack, read.commit, read.operations);
    if (again.digest !== read.digest) {
        throw new RangeError("the approved plan does not have the digest that it states");
    }
    return again;
}

/** Why `now` is not what was approved; empty where it is. */
export function departures(approved: Plan, now: Plan): readonly string[] {
    if (approved.digest === now.digest) {
        return [];
    }
    if (approved.stack !== now.stack || approved.commit !== now.commit) {
        return [
            `approved was ${approved.stack} at ${approved.commit}, this is ${now.stack} at ${now.commit}`,
        ];
    }
    const [before, after] = [approved, now].map(
        ({ operations }) => new Set(operations.map(describeOperation)),
    );
    return [
        ...[...(after ?? [])].filter((line) => before?.has(line) !== true).map((line) => `now also: ${line}`),
        ...[...(before ?? [])].filter((line) => after?.has(line) !== true).map((line) => `no more: ${line}`),
    ];
}

/** `update aws:ecs/service:Service orders (triggers)` */
export function describeOperation(operation: Operation): string {
    const { op, changes } = operation;
    const list = changes.length === 0 ? "" : ` (${changes.join(", ")})`;
    return `${op} ${typeOf(operation)} ${nameOf(operation)}${list}`;
}

/** The type of the resource, without those of its parents. */
export function typeOf({ urn }: Operation): string {
    const [, , chain = ""] = urn.split("::");
    return chain.slice(chain.lastIndexOf("$") + 1);
}

/** The resource's name in the program. */
export function nameOf({ urn }: Operation): string {
    return urn.split("::").slice(3).join("::");
}
