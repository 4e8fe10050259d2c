import type { Operation } from "./contract";
import { isObject, textAt, type Json, type JsonObject } from "./json";

const reference = /^#\/components\/schemas\/(.+)$/;

/** Name of the schema under components that a `$ref` names. */
export function referencedSchema(schema: JsonObject): string | undefined {
    return reference.exec(textAt(schema, "$ref") ?? "")?.[1];
}

/** Names of the schemas that request bodies use, with all that these refer to, in the contract's order. */
export function bodySchemas(schemas: JsonObject, operations: readonly Operation[]): readonly string[] {
    const found = new Set<string>();
    const visit = (name: string): void => {
        if (!found.has(name) && isObject(schemas[name])) {
            found.add(name);
            referencesIn(schemas[name]).forEach(visit);
        }
    };
    for (const { bodySchema } of operations) {
        if (bodySchema !== undefined) {
            visit(bodySchema);
        }
    }
    return Object.keys(schemas).filter((name) => found.has(name));
}

function referencesIn(value: Json | undefined): readonly string[] {
    if (Array.isArray(value)) {
        return value.flatMap((each: Json) => referencesIn(each));
    }
    if (!isObject(value)) {
        return [];
    }
    const own = referencedSchema(value);
    return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap(referencesIn)];
}
