import type { Issues } from "../../model/issues";
import { isObject, type Json, type JsonObject, textAt } from "./json";

/** Says where the reference stands, for a message. */
export type Locate = (...path: readonly string[]) => string;

/** Follows one local reference, such as `#/components/parameters/OrderId`; other objects are returned as they are. */
export function dereference(
    document: JsonObject,
    value: Json | undefined,
    at: string,
    issues: Issues,
): JsonObject {
    const reference = textAt(value, "$ref");
    if (reference === undefined) {
        return isObject(value) ? value : {};
    }
    const target = reference.startsWith("#/") ? lookUp(document, reference) : undefined;
    if (!isObject(target)) {
        issues.add(
            `${at}.$ref`,
            reference,
            "a reference to something in this file, such as #/components/parameters/Id",
        );
        return {};
    }
    return target;
}

function lookUp(document: JsonObject, reference: string): Json | undefined {
    return reference
        .slice(2)
        .split("/")
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
        .reduce<Json | undefined>((node, key) => (isObject(node) ? node[key] : undefined), document);
}
