import type { PackProcess } from "../../test/policies/support/packProcess";
import { judge, type Verdict } from "./judge";
import type { Harmless, Operator } from "./operator";
import type { Recorded } from "./recording";

/** A program as the engine showed it, at the first preview or after the deploy. */
export interface State {
    readonly stack: string;
    readonly moment: "preview" | "up";
    readonly program: readonly Recorded[];
}

/** What came of one operator on one resource. */
export interface Outcome {
    readonly title: string;
    readonly state: string;
    readonly resource: string;
    /** Nothing, or why it does not count as expected. */
    readonly problem?: string;
}

export function titleOf({ kind, target }: Pick<Operator, "kind" | "target">): string {
    return `${kind} ${target}`;
}

/** Every resource of a deployed program; one of each kind at preview, which differs from it in what is unknown only. */
function targets({ moment, program }: State, appliesTo: Operator["appliesTo"]): readonly Recorded[] {
    const all = program.filter((resource) => appliesTo(resource, program));
    return moment === "up" ? all : all.slice(0, 1);
}

/** Every mutant of an operator must be refused by its rule, at the mandatory level. */
export async function runOperator(
    pack: PackProcess,
    operator: Operator,
    state: State,
): Promise<readonly Outcome[]> {
    const { stack, moment, program } = state;
    if (operator.only !== undefined && operator.only !== moment) {
        return [];
    }
    const outcomes: Outcome[] = [];
    for (const resource of targets(state, operator.appliesTo)) {
        const verdicts = await judge(pack, operator.apply(resource, program));
        const isCaught = verdicts.some(({ rule, isMandatory }) => rule === operator.rule && isMandatory);
        outcomes.push({
            title: titleOf(operator),
            state: `${stack} ${moment}`,
            resource: resource.name,
            ...(isCaught ? {} : { problem: `${operator.rule} says nothing; found ${shown(verdicts)}` }),
        });
    }
    return outcomes;
}

/** A harmless change must pass every rule. */
export async function runHarmless(
    pack: PackProcess,
    change: Harmless,
    state: State,
): Promise<readonly Outcome[]> {
    const { stack, moment, program } = state;
    const outcomes: Outcome[] = [];
    for (const resource of targets(state, change.appliesTo)) {
        const verdicts = await judge(pack, change.apply(resource, program));
        outcomes.push({
            title: change.target,
            state: `${stack} ${moment}`,
            resource: resource.name,
            ...(verdicts.length === 0 ? {} : { problem: `false alarm: ${shown(verdicts)}` }),
        });
    }
    return outcomes;
}

function shown(verdicts: readonly Verdict[]): string {
    return verdicts.map(({ rule, message }) => `${rule}: ${message}`).join("\n") || "nothing";
}
