import type { StackValidationPolicy } from "@pulumi/policy";
import { phaseOf } from "./facts/phase";
import { Stack } from "./facts/stack";
import { rules } from "./rules/all";

/** Says in every run which rules do not hold in full yet, since the stack is in an earlier phase of the migration, and why. */
export const waitingRules: StackValidationPolicy = {
    name: "waiting-rules",
    displayName: "Rules that wait for a later phase",
    description:
        "Lists every rule that waits for a later phase of the migration, and why. Advisory: it stops nothing.",
    enforcementLevel: "advisory",
    url: "docs/migration.md",
    validateStack: ({ resources }, report) => {
        const { number } = phaseOf(new Stack(resources));
        for (const { id, until, why } of number === 3 ? [] : waitingIn(number)) {
            report(`${id} waits for phase ${until}: ${why}`);
        }
    },
};

/** A rule that still waits in phase 2 waits for 3. */
export function waitingIn(phase: 1 | 2): readonly { id: string; until: 2 | 3; why: string }[] {
    return rules.flatMap(({ id, waiting }) => {
        const why = waiting?.[phase];
        return why === undefined ? [] : [{ id, until: waiting?.[2] === undefined ? 2 : 3, why }];
    });
}
