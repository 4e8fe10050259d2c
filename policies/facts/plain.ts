import { UnknownValueError } from "@pulumi/policy";

/** Stands for a value that only the deploy will know. */
export const unknown: unique symbol = Symbol("unknown");

/** A resource's properties, or a parsed configuration, as plain data. */
export type Plain = null | boolean | number | string | typeof unknown | readonly Plain[] | PlainObject;
export interface PlainObject {
    readonly [name: string]: Plain;
}

/**
 * Copies what the engine hands to a policy. Reading an unknown from the original ends the policy with an advisory note;
 * in the copy it is a value like any other.
 */
export function copyPlain(read: () => unknown): Plain {
    // Each unknown is an error that is caught below: recording where it was thrown would take longer than all else.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        return copied(read);
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}

function copied(read: () => unknown): Plain {
    let value: unknown;
    try {
        value = read();
    } catch (error) {
        if (error instanceof UnknownValueError) {
            return unknown;
        }
        throw error;
    }
    if (value === undefined || value === null) {
        return null;
    }
    if (typeof value === "boolean" || typeof value === "number" || typeof value === "string") {
        return value;
    }
    if (Array.isArray(value)) {
        const list: readonly unknown[] = value;
        return Array.from({ length: list.length }, (_, index) => copied(() => list[index]));
    }
    if (typeof value === "object") {
        const object = value as Readonly<Record<string, unknown>>;
        return Object.fromEntries(Object.keys(object).map((name) => [name, copied(() => object[name])]));
    }
    throw new TypeError(`a property holds a ${typeof value}`);
}

export function isPlainObject(value: Plain | undefined): value is PlainObject {
    return typeof value === "object" && value !== null && !isPlainList(value);
}

export function isPlainList(value: Plain | undefined): value is readonly Plain[] {
    return Array.isArray(value);
}
