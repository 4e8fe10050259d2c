import type { StackValidationPolicy } from "@pulumi/policy";
import { reviewedList, type Review } from "./review";

/** A resource that may break one rule, until its review. */
export interface Exception extends Review {
    /** The resource's name in the program. */
    readonly resource: string;
}

/** The setting that every rule has. */
export const exceptionsSetting = reviewedList<Exception>({
    resource: { type: "string", minLength: 1, description: "Name of the resource in the program." },
});

export function exceptionsOf(configured: object): readonly Exception[] {
    return "exceptions" in configured ? (configured.exceptions as readonly Exception[]) : [];
}

/** By rule: what it let pass when it last ran. Policies run one after the other, in one process. */
const inForce = new Map<string, readonly Exception[]>();

export function noteInForce(rule: string, exceptions: readonly Exception[]): void {
    inForce.set(rule, exceptions);
}

/** Says in every run which exceptions it relied on. The last of the pack's policies, and advisory. */
export const exceptionsInForce: StackValidationPolicy = {
    name: "exceptions-in-force",
    displayName: "Exceptions in force",
    description: "Lists every exception that let something pass in this run. Advisory: it stops nothing.",
    enforcementLevel: "advisory",
    url: "docs/policies.md#exceptions",
    validateStack: (_, report) => {
        for (const [rule, exceptions] of inForce) {
            for (const { resource, reason, owner, reviewBy } of exceptions) {
                report(`${rule} does not hold "${resource}": ${reason} (${owner}, until ${reviewBy})`);
            }
        }
    },
};
