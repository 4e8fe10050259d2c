import { Issues, type Issue } from "../../model/issues";
import { isObject, objectAt, textAt, type Json, type JsonObject } from "./json";
import type { Locate } from "./references";
import { parseSource, type ContractSource } from "./source";
import {
    maximumTemplateBytes,
    type KeptOperation,
    type TranslatedOperation,
    type Translation,
} from "./translation";

export interface ReadTranslation {
    /** Absent when the text has issues. */
    readonly translation?: Translation;
    /** All that is wrong, each with file and line. */
    readonly issues: readonly Issue[];
}

const keys = ["servedBy", "because", "problem", "operations"];
const operationKeys = ["servedBy", "query", "request", "response", "statuses"];
const keptKeys = ["ownBackend"];

interface Context {
    readonly locate: Locate;
    readonly issues: Issues;
}

/** Reads the file that says how one version of an API is served by another. */
export function readTranslation(source: ContractSource): ReadTranslation {
    const { document, issues: unreadable, locate } = parseSource(source);
    if (document === undefined) {
        return { issues: unreadable };
    }
    const issues = new Issues();
    const context = { locate, issues };
    checkKeys(document, keys, [], context);
    const written = objectAt(document, "operations");
    const operations = Object.keys(written).map(
        (id) => [id, readOperation(objectAt(written, id), ["operations", id], context)] as const,
    );
    issues.require(
        operations.length > 0,
        locate("operations"),
        document.operations,
        "at least one operation",
    );
    const translation: Translation = {
        servedBy: sentence(document, "servedBy", [], context),
        servedByAt: locate("servedBy"),
        because: sentence(document, "because", [], context),
        problem: template(document, "problem", [], context) ?? sentence(document, "problem", [], context),
        operations: new Map(operations),
        at: locate("operations"),
    };
    return issues.all.length > 0 ? { issues: issues.all } : { translation, issues: [] };
}

function readOperation(
    written: JsonObject,
    path: readonly string[],
    context: Context,
): TranslatedOperation | KeptOperation {
    const at = context.locate(...path);
    if ("ownBackend" in written) {
        checkKeys(written, keptKeys, path, context);
        return { ownBackend: sentence(written, "ownBackend", path, context), at };
    }
    checkKeys(written, operationKeys, path, context);
    const request = template(written, "request", path, context);
    const response = template(written, "response", path, context);
    return {
        servedBy: sentence(written, "servedBy", path, context),
        query: names(written, "query", path, context),
        ...(request === undefined ? {} : { request }),
        ...(response === undefined ? {} : { response }),
        statuses: names(written, "statuses", path, context),
        at,
    };
}

function checkKeys(
    written: JsonObject,
    known: readonly string[],
    path: readonly string[],
    { locate, issues }: Context,
): void {
    for (const key of Object.keys(written).filter((each) => !known.includes(each))) {
        issues.add(locate(...path, key), key, `one of ${known.join(", ")}`);
    }
}

function sentence(
    written: JsonObject,
    key: string,
    path: readonly string[],
    { locate, issues }: Context,
): string {
    const text = textAt(written, key)?.trim() ?? "";
    issues.require(text !== "", locate(...path, key), written[key], "a text");
    return text;
}

function template(
    written: JsonObject,
    key: string,
    path: readonly string[],
    { locate, issues }: Context,
): string | undefined {
    const text = textAt(written, key);
    if (text !== undefined) {
        const bytes = Buffer.byteLength(text);
        const want = `at most ${maximumTemplateBytes} bytes, API Gateway's quota for one template`;
        issues.require(bytes <= maximumTemplateBytes, locate(...path, key), `${bytes} bytes`, want);
    }
    return text;
}

function names(
    written: JsonObject,
    key: string,
    path: readonly string[],
    { locate, issues }: Context,
): ReadonlyMap<string, string> {
    const found = written[key] ?? {};
    const entries: readonly [string, Json][] = isObject(found) ? Object.entries(found) : [];
    const texts = entries.flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value] as const] : [],
    );
    const areTexts = isObject(found) && texts.length === entries.length;
    issues.require(areTexts, locate(...path, key), found, "an object of texts: one name to the other");
    return new Map(texts);
}
