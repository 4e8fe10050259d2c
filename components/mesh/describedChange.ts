import * as pulumi from "@pulumi/pulumi";

/**
 * Looks at each update of a resource whose description keeps what one deploy must know of the deploy before, at preview too.
 * Whatever `look` throws stops it. Nothing under Pulumi's mocks, which have no engine: there a program with a hook would never end.
 */
export function onDescribedChange(
    name: string,
    look: (before: unknown, after: unknown) => void | Promise<void>,
): pulumi.ResourceHookBinding {
    if (pulumi.runtime.getEngine() === undefined) {
        return {};
    }
    const hook = new pulumi.ResourceHook(
        name,
        ({ oldInputs, newInputs }) => look(descriptionOf(oldInputs), descriptionOf(newInputs)),
        { onDryRun: true },
    );
    return { beforeUpdate: [hook] };
}

function descriptionOf(inputs: unknown): unknown {
    return (inputs as { readonly description?: unknown } | undefined)?.description;
}
