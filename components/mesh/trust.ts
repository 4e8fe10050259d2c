import * as pulumi from "@pulumi/pulumi";
import { authorityId, type ResolvedAuthorities } from "../model/authority";
import { onDescribedChange } from "./describedChange";

/** What a trust parameter says of itself: who signs, and whom members trust, as ids of authorities. */
interface Trust {
    readonly signer: string;
    readonly trusted: readonly string[];
}

const beginning = "Trusted by the mesh, signer first: ";

/** Description of the parameter with the trusted certificates. It is known at preview, where the certificates may not be. */
export function describeTrust({ trusted }: ResolvedAuthorities): string {
    return beginning + trusted.map(authorityId).join(", ");
}

function readTrust(description: unknown): Trust | undefined {
    if (typeof description !== "string" || !description.startsWith(beginning)) {
        return undefined;
    }
    const trusted = description.slice(beginning.length).split(", ");
    const [signer] = trusted;
    return signer === undefined ? undefined : { signer, trusted };
}

/**
 * Why one deploy must not follow another. While it rolls out, members of before and after talk to each other: those of before
 * must trust the new signer, those of after the old one.
 */
export function unsafeChange(before: unknown, after: unknown): string | undefined {
    const [old, next] = [readTrust(before), readTrust(after)];
    if (old === undefined || next === undefined) {
        return undefined;
    }
    const steps = "rotate in three deploys, each rolled out before the next: prepare, switch, retire";
    if (!old.trusted.includes(next.signer)) {
        return `${next.signer} would sign, but running members trust ${old.trusted.join(", ")} only; ${steps}.`;
    }
    if (!next.trusted.includes(old.signer)) {
        return `${old.signer} would be trusted no more, but running members show its certificates; ${steps}.`;
    }
    return undefined;
}

/** Refuses a change of trust that would cut members off from each other, at preview too. */
export function refuseUnsafeChange(name: string): pulumi.ResourceHookBinding {
    return onDescribedChange(name, (before, after) => {
        const reason = unsafeChange(before, after);
        if (reason !== undefined) {
            throw new pulumi.RunError(`certificateAuthority: ${reason}`);
        }
    });
}
