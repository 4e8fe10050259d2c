import { createShop } from "../../../stacks/shop";
import type { Recorded } from "../../../tools/mutants/recording";
import { settingsOf } from "../../stacks/deployShop";
import { edited } from "./edit";
import { shopConfiguration } from "./configuration";
import { emulated, type Moment } from "./emulatedProgram";

/** Every state that a deploy may leave the dev stack in, and the phase that `migration-phase` must allow for it. */
export const states = {
    "phase 1": { settings: { phase: 1 }, allowed: 1 },
    "phase 2 with plain calls": { settings: { phase: 2, plainCalls: true }, allowed: 1 },
    "phase 2": { settings: { phase: 2 }, allowed: 2 },
} as const;
export type State = keyof typeof states;

const made = new Map<string, Promise<readonly Recorded[]>>();

/** The dev stack in a state, made once for all tests of a process. */
export function shopIn(state: State, moment: Moment = "preview"): Promise<readonly Recorded[]> {
    const key = `${state} ${moment}`;
    const program =
        made.get(key) ??
        emulated(() => {
            createShop(settingsOf("dev", states[state].settings));
        }, moment);
    made.set(key, program);
    return program;
}

/** The shop's configuration with an entry for the emulated stack's phase. */
export function allowing(phase: number, entry: object = {}): Readonly<Record<string, unknown>> {
    const review = {
        reason: "The services were there before the mesh.",
        owner: "platform team",
        reviewBy: "2099-12-31",
    };
    return edited(shopConfiguration, ["migration-phase"], {
        enforcementLevel: "mandatory",
        allowed: [{ stack: "test", phase, ...review, ...entry }],
    });
}
