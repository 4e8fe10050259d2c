import type { Contract } from "./contract";
import { isObject, type Json } from "./json";
import { annotations } from "./models";
import { referencedSchema } from "./schemaReferences";

/** Deeper than any schema that is not recursive; a recursive one counts as different from every other. */
const deepest = 40;

/** Whether a body that one contract accepts is accepted by the other too, as far as equal rules can show. */
export function isSameSchema(
    one: Json | undefined,
    other: Json | undefined,
    contracts: { readonly one: Contract; readonly other: Contract },
): boolean {
    return (
        JSON.stringify(expanded(one, contracts.one, 0)) ===
        JSON.stringify(expanded(other, contracts.other, 0))
    );
}

/** The schema with its references put in, without descriptions, its keys in order. */
function expanded(schema: Json | undefined, contract: Contract, depth: number): Json {
    if (depth > deepest) {
        return contract.title;
    }
    if (Array.isArray(schema)) {
        return schema.map((each: Json) => expanded(each, contract, depth + 1));
    }
    if (!isObject(schema)) {
        return schema ?? null;
    }
    const reference = referencedSchema(schema);
    if (reference !== undefined) {
        return expanded(contract.schemas[reference], contract, depth + 1);
    }
    const rules = Object.entries(schema).filter(
        ([key, value]) => !(key === "description" && typeof value === "string") && !annotations.has(key),
    );
    return Object.fromEntries(
        rules
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, value]) => [key, expanded(value, contract, depth + 1)]),
    );
}
