import * as pulumi from "@pulumi/pulumi";
import { record } from "./mocks";

/** The smallest number at which something is refused, and what is said then. */
export interface FirstRefused {
    readonly count: number;
    readonly message: string;
}

const most = 1 << 14;

/**
 * Grows something until it is refused: doubles it, then halves the distance. `grow` makes it in a size, with all that it needs; `from`
 * is one that is taken.
 */
export async function firstRefused(grow: (count: number) => unknown, from = 1): Promise<FirstRefused> {
    let taken = 0;
    let count = from;
    let message = await refusalOf(grow, count);
    while (message === undefined) {
        taken = count;
        count *= 2;
        if (count > most) {
            throw new Error(`not refused at ${taken}`);
        }
        message = await refusalOf(grow, count);
    }
    if (taken === 0 && from > 1) {
        throw new Error(`refused at ${from} already: ${message}`);
    }
    while (count - taken > 1) {
        const middle = Math.floor((taken + count) / 2);
        const said = await refusalOf(grow, middle);
        if (said === undefined) {
            taken = middle;
        } else {
            count = middle;
            message = said;
        }
    }
    return { count, message };
}

async function refusalOf(grow: (count: number) => unknown, count: number): Promise<string | undefined> {
    let message: string | undefined;
    await record(() => {
        try {
            grow(count);
        } catch (error) {
            if (!pulumi.ResourceError.isInstance(error)) {
                throw error;
            }
            message = error.message;
        }
    });
    return message;
}
