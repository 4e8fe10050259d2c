/**
 * The fields of a message that the rules read or that can do no harm, each with what is inside it. Lists have the shape of their elements.
 * Any other field could do what no rule expects: Envoy gets new ones with every version.
 */
export interface Shape {
    readonly [field: string]: Shape | Whole;
}

/** Whatever is inside: another rule reads it, or it can do no harm. */
export const whole = Symbol("whole");
export type Whole = typeof whole;

/** The shape of each entry of a map, whatever its key. */
export const anyKey = "*";

/** Fields whose inside is nobody's concern here. */
export function fields(names: string): Shape {
    return Object.fromEntries(
        names
            .split(/\s+/)
            .filter((name) => name !== "")
            .map((name) => [name, whole]),
    );
}
