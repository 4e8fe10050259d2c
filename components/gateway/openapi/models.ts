import type { Operation } from "./contract";
import { isObject, type Json, type JsonObject } from "./json";
import { bodySchemas } from "./schemaReferences";

/** Annotations that validate nothing; API Gateway's import drops or refuses them. Source: "Important notes for REST APIs". */
export const annotations: ReadonlySet<string> = new Set([
    "default",
    "deprecated",
    "discriminator",
    "example",
    "externalDocs",
    "readOnly",
    "writeOnly",
    "xml",
]);

/** Formats of JSON Schema draft 4, in which models are written; others (int64, uuid, …) would validate nothing. */
const draft4Formats = new Set(["date-time", "email", "hostname", "ipv4", "ipv6", "uri"]);

/** The models that request bodies need; what only responses use is not enforced by a proxy integration. */
export function modelsOf(schemas: JsonObject, operations: readonly Operation[]): JsonObject {
    return Object.fromEntries(
        bodySchemas(schemas, operations).map((name) => [name, toModel(schemas[name] ?? {})]),
    );
}

/** The schema in draft 4. Keys of a `properties` object are the API's own names, so `example` there is a property. */
export function toModel(schema: Json, areProperties = false): Json {
    if (Array.isArray(schema)) {
        return schema.map((each: Json) => toModel(each));
    }
    if (!isObject(schema)) {
        return schema;
    }
    const kept = Object.entries(schema).filter(([key, value]) => areProperties || validates(key, value));
    return Object.fromEntries(
        kept.map(([key, value]) => {
            const isLiteral = key === "enum" && !areProperties;
            return [key, isLiteral ? value : toModel(value, key === "properties" && !areProperties)];
        }),
    );
}

function validates(key: string, value: Json): boolean {
    return (
        !annotations.has(key) &&
        !key.startsWith("x-") &&
        (key !== "format" || draft4Formats.has(typeof value === "string" ? value : ""))
    );
}
