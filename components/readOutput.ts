import * as pulumi from "@pulumi/pulumi";

/** What a stack hands over says in which form it is. */
export interface HandedOver {
    readonly format: number;
}

/**
 * One output of another stack, as its last deploy left it: known at preview, like what a program says itself. `wanted` are the
 * fields without which it is of no use.
 */
export async function readOutput<T extends HandedOver>(
    reference: pulumi.StackReference,
    output: string,
    { format, wanted }: { readonly format: number; readonly wanted: readonly (keyof T & string)[] },
): Promise<T> {
    const stack = await stackName(reference);
    const details: { readonly value?: unknown; readonly secretValue?: unknown } =
        await reference.getOutputDetails(output);
    const { value, secretValue } = details;
    const refuse = (reason: string): never => {
        throw new pulumi.RunError(`Stack "${stack}": output "${output}" ${reason}`);
    };
    if (secretValue !== undefined) {
        return refuse(
            "is a secret; nothing that is handed over is one, export it as the component gives it.",
        );
    }
    if (value === undefined) {
        return refuse("is missing; export it there, and deploy that stack first.");
    }
    const given = value as T;
    if (given.format !== format) {
        return refuse(
            `has format ${JSON.stringify(given.format)}; use ${format}: deploy both stacks with one version of the components.`,
        );
    }
    const missing = wanted.filter((field) => given[field] === undefined || given[field] === null);
    return missing.length > 0 ? refuse(`lacks ${missing.join(", ")}; deploy that stack first.`) : given;
}

/** Full name of a stack, as the program gave it. */
export async function stackName(reference: pulumi.StackReference): Promise<string> {
    return new Promise((resolve) => {
        reference.name.apply(resolve);
    });
}
