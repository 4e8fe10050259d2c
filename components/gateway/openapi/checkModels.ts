import type { Issues } from "../../model/issues";
import type { Operation } from "./contract";
import { isObject, type Json, type JsonObject } from "./json";
import { annotations, toModel } from "./models";
import type { Locate } from "./references";
import { bodySchemas, referencedSchema } from "./schemaReferences";

/** Rules that a model cannot hold: dropping one would refuse good requests or let bad ones pass. */
const unsupported: ReadonlySet<string> = new Set(["exclusiveMaximum", "exclusiveMinimum", "nullable"]);

/** Source: "Quotas for configuring and running a REST API in API Gateway". */
const maximumModelBytes = 400 * 1024;
const modelName = /^[A-Za-z0-9]+$/;

interface Context {
    readonly schemas: JsonObject;
    readonly locate: Locate;
    readonly issues: Issues;
}

/** Records what the schemas of request bodies ask for and API Gateway's models cannot hold. */
export function checkModels(operations: readonly Operation[], context: Context): void {
    const { schemas, locate, issues } = context;
    for (const name of bodySchemas(schemas, operations)) {
        const path = ["components", "schemas", name];
        issues.require(modelName.test(name), locate(...path), name, "a name of letters and digits");
        const bytes = Buffer.byteLength(JSON.stringify(toModel(schemas[name] ?? {})));
        const want = `at most ${maximumModelBytes}, API Gateway's quota for a model`;
        issues.require(bytes <= maximumModelBytes, locate(...path), `${bytes} bytes`, want);
        checkSchema(schemas[name] ?? {}, path, false, context);
    }
}

function checkSchema(schema: Json, path: readonly string[], areProperties: boolean, context: Context): void {
    if (!isObject(schema)) {
        const members = Array.isArray(schema) ? (schema as readonly Json[]) : [];
        members.forEach((each, index) => {
            checkSchema(each, [...path, String(index)], false, context);
        });
        return;
    }
    if (!areProperties) {
        checkKeywords(schema, path, context);
    }
    for (const [key, value] of Object.entries(schema)) {
        if (areProperties || !annotations.has(key)) {
            checkSchema(value, [...path, key], key === "properties" && !areProperties, context);
        }
    }
}

function checkKeywords(
    schema: JsonObject,
    path: readonly string[],
    { schemas, locate, issues }: Context,
): void {
    for (const key of Object.keys(schema).filter((each) => unsupported.has(each))) {
        const want = "a rule that API Gateway's models can hold, and leave this one to the service";
        issues.add(locate(...path, key), schema[key], want);
    }
    const isDangling = "$ref" in schema && !isObject(schemas[referencedSchema(schema) ?? ""]);
    issues.require(
        !isDangling,
        locate(...path, "$ref"),
        schema.$ref,
        "a schema under components.schemas of this file",
    );
}
