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

/** A program to judge: an operator's or a harmless change's, on one resource, or the program as it is. */
export interface Trial {
    readonly title: string;
    readonly state: State;
    readonly resource: string;
    readonly change: () => readonly Recorded[];
    /** Absent where no rule may say anything. */
    readonly rule?: string;
}

/** What came of a trial. */
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

export function trialsOf(
    state: State,
    operators: readonly Operator[],
    harmless: readonly Harmless[],
): readonly Trial[] {
    const { program } = state;
    const targetsOf = ({ appliesTo }: Harmless): readonly Recorded[] =>
        program.filter((resource) => appliesTo(resource, program));
    const broken = operators
        .filter(({ only }) => only === undefined || only === state.moment)
        .flatMap((operator) =>
            targetsOf(operator).map((resource) => ({
                title: titleOf(operator),
                state,
                resource: resource.name,
                change: () => operator.apply(resource, program),
                rule: operator.rule,
            })),
        );
    const kept = harmless.flatMap((change) =>
        targetsOf(change).map((resource) => ({
            title: change.target,
            state,
            resource: resource.name,
            change: () => change.apply(resource, program),
        })),
    );
    const asItIs = { title: "as it is", state, resource: "the whole program", change: () => program };
    return [asItIs, ...broken, ...kept];
}

/** A mutant must be refused by its rule, at the mandatory level; anything else must pass every rule. */
export async function outcomeOf(
    pack: PackProcess,
    { title, state, resource, change, rule }: Trial,
): Promise<Outcome> {
    const verdicts = await judge(pack, change());
    const problem =
        rule === undefined
            ? verdicts.length === 0
                ? undefined
                : `false alarm: ${shown(verdicts)}`
            : verdicts.some((verdict) => verdict.rule === rule && verdict.isMandatory)
              ? undefined
              : `${rule} says nothing; found ${shown(verdicts)}`;
    return {
        title,
        state: `${state.stack} ${state.moment}`,
        resource,
        ...(problem === undefined ? {} : { problem }),
    };
}

function shown(verdicts: readonly Verdict[]): string {
    return verdicts.map(({ rule, message }) => `${rule}: ${message}`).join("\n") || "nothing";
}
