/** One thing that breaks a rule, as place, found and required. */
export interface Finding {
    /** Where in the resource: `bootstrap.static_resources.clusters["payment-service"].outlier_detection`. */
    readonly at: string;
    /** What stands there, never a secret's value. */
    readonly found: string;
    /** What would be accepted, as the end of the sentence "required …". */
    readonly required: string;
}

/** Thrown by a reader that cannot go on: what cannot be judged is a violation, never a pass. */
export class Unjudgeable extends Error {
    override readonly name = "Unjudgeable";

    constructor(readonly finding: Finding) {
        super(`${finding.at}: found ${finding.found}; required ${finding.required}`);
    }
}

/** Runs every part, so that one that cannot be judged does not mute the others. */
export function gather(...parts: readonly (() => readonly Finding[])[]): readonly Finding[] {
    return parts.flatMap(guarded);
}

/** `gather` over a list. */
export function gatherOver<T>(
    items: readonly T[],
    judge: (item: T) => readonly Finding[],
): readonly Finding[] {
    return items.flatMap((item) => guarded(() => judge(item)));
}

/** The engine would turn an exception into an advisory note or end the run without saying why: here it is a violation. */
function guarded(part: () => readonly Finding[]): readonly Finding[] {
    try {
        return part();
    } catch (error) {
        if (error instanceof Unjudgeable) {
            return [error.finding];
        }
        const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        return [{ at: "the rule", found: `failed with ${found}`, required: "a verdict" }];
    }
}
