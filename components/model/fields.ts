import { Issues, type Issue } from "./issues";

/** The fields of a type, each named once: one that the type gains must be named too. */
export type FieldsOf<T> = Readonly<Record<keyof T, true>>;

/**
 * Programs run without type checks, and plain JavaScript has none: a misspelt field would be ignored, and what it should have
 * narrowed would stay as wide as its default.
 */
export function checkFields<T extends object>(value: T, fields: FieldsOf<T>): readonly Issue[] {
    const issues = new Issues();
    for (const [name, found] of Object.entries(value) as [string, unknown][]) {
        issues.require(Object.hasOwn(fields, name), name, found, `only ${Object.keys(fields).join(", ")}`);
    }
    return issues.all;
}
