export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
    readonly [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object, or an empty one: what is absent and what has a wrong type read alike. */
export function objectAt(value: Json | undefined, key: string): JsonObject {
    const found = isObject(value) ? value[key] : undefined;
    return isObject(found) ? found : {};
}

export function arrayAt(value: Json | undefined, key: string): readonly Json[] {
    const found = isObject(value) ? value[key] : undefined;
    return Array.isArray(found) ? (found as readonly Json[]) : [];
}

export function textAt(value: Json | undefined, key: string): string | undefined {
    const found = isObject(value) ? value[key] : undefined;
    return typeof found === "string" ? found : undefined;
}

/** What stands at a path of keys; undefined where the path ends early. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
    return path.reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), value);
}
