import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Finding } from "./finding";

type Property = PolicyConfigSchema["properties"][string];

/** What everybody must say who asks for something looser than the ADR. */
export interface Review {
    readonly reason: string;
    readonly owner: string;
    /** Last day on which it holds, as 2027-03-31. */
    readonly reviewBy: string;
}

const reviewFields = {
    reason: { type: "string", minLength: 10, description: "Why it must be so." },
    owner: { type: "string", minLength: 3, description: "Who answers for it." },
    reviewBy: {
        type: "string",
        pattern: "^\\d{4}-\\d{2}-\\d{2}$",
        description: "Last day on which it holds.",
    },
} satisfies Readonly<Record<string, Property>>;

/** A setting that lists reviewed entries, each with fields of its own beside the review. Empty by default. */
export function reviewedList<T extends Review>(
    own: Readonly<Record<Exclude<keyof T, keyof Review> & string, Property>>,
): Property & { readonly default: readonly T[] } {
    return {
        type: "array",
        default: [],
        items: {
            type: "object",
            additionalProperties: false,
            required: [...Object.keys(own), ...Object.keys(reviewFields)],
            properties: { ...own, ...reviewFields },
        },
    };
}

export function isOverdue({ reviewBy }: Review, now = new Date()): boolean {
    return !(reviewBy >= now.toISOString().slice(0, 10));
}

/** Entries past their day, and entries that nothing needs: both are left behind by somebody. */
export function staleEntries<T extends Review>(
    setting: string,
    entries: readonly T[],
    isUsed: (entry: T) => boolean,
    nameOf: (entry: T) => string,
): readonly Finding[] {
    return entries.flatMap((entry) => {
        const at = `${setting} "${nameOf(entry)}"`;
        if (isOverdue(entry)) {
            return [{ at, found: `a review due on ${entry.reviewBy}`, required: "a day that is not past" }];
        }
        return isUsed(entry) ? [] : [{ at, found: "nothing that needs it", required: "its removal" }];
    });
}
