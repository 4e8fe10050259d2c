import * as pulumi from "@pulumi/pulumi";
import { describePhase, unsafeStep, type Phase } from "../model/phase";
import { onDescribedChange } from "./describedChange";

/** The phase stands in the namespace's description: it outlives every phase, and the description changes in place. */
export function describeNamespace(prefix: string, phase: Phase): string {
    return `Services of ${prefix}${describePhase(phase)}`;
}

/** Refuses a step in which services would call proxies that do not run; a stack that protects nothing is only told. */
export function refuseUnsafeStep(name: string, protect: boolean): pulumi.ResourceHookBinding {
    return onDescribedChange(name, async (before, after) => {
        const reason = unsafeStep(before, after);
        if (reason === undefined) {
            return;
        }
        if (protect) {
            throw new pulumi.RunError(`phase: ${reason}`);
        }
        await pulumi.log.warn(`Calls between services will fail while this rolls out: ${reason}`);
    });
}
