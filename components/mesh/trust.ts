import * as pulumi from "@pulumi/pulumi";
import { authorityId, type ResolvedAuthorities } from "../model/authority";

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

/**
 * Refuses a change of trust that would cut members off from each other, at preview too. Nothing under Pulumi's mocks, which have
 * no engine: there a program with a hook would never end.
 */
export function refuseUnsafeChange(name: string): pulumi.ResourceHookBinding {
    if (pulumi.runtime.getEngine() === undefined) {
        return {};
    }
    const hook = new pulumi.ResourceHook(
        name,
        ({ oldInputs, newInputs }) => {
            const reason = unsafeChange(descriptionOf(oldInputs), descriptionOf(newInputs));
            if (reason !== undefined) {
                throw new pulumi.RunError(`certificateAuthority: ${reason}`);
            }
        },
        { onDryRun: true },
    );
    return { beforeUpdate: [hook] };
}

function descriptionOf(inputs: unknown): unknown {
    return (inputs as { readonly description?: unknown } | undefined)?.description;
}
