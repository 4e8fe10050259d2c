import { exceptionsInForce } from "../../policies/exceptions";
import type { Judges, Verdict } from "./judge";
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

/** Every mutant of a program, and what must pass. */
export function trialsOf(
    state: State,
    operators: readonly Operator[],
    harmless: readonly Harmless[],
): readonly Trial[] {
    const { program } = state;
    const broken = operators
        .filter(({ only }) => only === undefined || only === state.moment)
        .flatMap((operator) =>
            targetsOf(operator, state).map((resource) => ({
                title: titleOf(operator),
                state,
                resource: resource.name,
                change: () => operator.apply(resource, program),
                rule: operator.rule,
            })),
        );
    const kept = harmless.flatMap((change) =>
        targetsOf(change, state).map((resource) => ({
            title: change.target,
            state,
            resource: resource.name,
            change: () => change.apply(resource, program),
        })),
    );
    const asItIs = { title: "as it is", state, resource: "the whole program", change: () => program };
    return [asItIs, ...broken, ...kept];
}

/** Every resource of a deployed program; one of each kind at preview, which differs from it in what is unknown only. */
function targetsOf({ appliesTo }: Harmless, { moment, program }: State): readonly Recorded[] {
    const all = program.filter((resource) => appliesTo(resource, program));
    return moment === "up" ? all : all.slice(0, 1);
}

/**
 * A mutant must be refused by its rule, at the mandatory level; anything else must pass every rule, with no word but of the exceptions
 * that it has. What must pass goes to the whole pack, in a process of its own; a mutant to its one rule, through the same handler,
 * unless `byPack`.
 */
export async function outcomeOf(judges: Judges, trial: Trial, byPack = false): Promise<Outcome> {
    const { title, state, resource, rule, change } = trial;
    const verdicts = await (byPack || rule === undefined
        ? judges.pack(change())
        : judges.rule(rule, change()));
    const isExpected =
        rule === undefined
            ? verdicts.every(({ rule: by }) => by === exceptionsInForce.name)
            : verdicts.some(
                  (verdict) => verdict.rule === rule && verdict.isMandatory && !isStaleException(verdict),
              );
    const problem = rule === undefined ? "false alarm" : `${rule} says nothing; found`;
    return {
        title,
        state: `${state.stack} ${state.moment}`,
        resource,
        ...(isExpected ? {} : { problem: `${problem} ${shown(verdicts)}` }),
    };
}

/** What breaks a rule may take with it what an exception was for: that alone is no refusal of what breaks it. */
function isStaleException({ message }: Verdict): boolean {
    const findings = message.split("\n").filter((line) => line.startsWith("  - "));
    return findings.every((line) => line.startsWith('  - exceptions "'));
}

function shown(verdicts: readonly Verdict[]): string {
    return verdicts.map(({ rule, message }) => `${rule}: ${message}`).join("\n") || "nothing";
}
