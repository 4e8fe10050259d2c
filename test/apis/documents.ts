import Ajv from "ajv";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import {
    isObject,
    objectAt,
    textAt,
    type Json,
    type JsonObject,
} from "../../components/gateway/openapi/json";
import { renderJson } from "../support/mappingTemplate";

const json = "application/json";

export function documentOf(api: string, version: string): JsonObject {
    return parse(readFileSync(`apis/${api}/${version}.yaml`, "utf8")) as JsonObject;
}

export function operationsOf(document: JsonObject): readonly JsonObject[] {
    return Object.values(objectAt(document, "paths")).flatMap((item) =>
        Object.values(item as JsonObject).flatMap((each) =>
            isObject(each) && "operationId" in each ? [each] : [],
        ),
    );
}

export function operationIds(document: JsonObject): string[] {
    return operationsOf(document).map((each) => textAt(each, "operationId") ?? "");
}

export function methodOf(document: JsonObject, id: string): JsonObject {
    return operationsOf(document).find(({ operationId }) => operationId === id) ?? {};
}

export function resolved(document: JsonObject, value: Json | undefined): JsonObject {
    const path = textAt(value, "$ref")?.slice(2).split("/");
    return (path?.reduce<Json | undefined>(
        (node, key) => (isObject(node) ? node[key] : undefined),
        document,
    ) ??
        value ??
        {}) as JsonObject;
}

export function media(document: JsonObject, holder: Json | undefined, type = json): JsonObject {
    return objectAt(objectAt(resolved(document, holder), "content"), type);
}

export function exampleRequest(document: JsonObject, id: string): Json | undefined {
    return media(document, methodOf(document, id).requestBody).example;
}

export function requestSchema(document: JsonObject, id: string): string {
    return textAt(media(document, methodOf(document, id).requestBody).schema, "$ref") ?? "";
}

export function exampleSuccess(document: JsonObject, id: string): readonly [string, Json | undefined] {
    const [status, response] =
        Object.entries(objectAt(methodOf(document, id), "responses")).find(([each]) =>
            each.startsWith("2"),
        ) ?? [];
    return [status ?? "", media(document, response).example];
}

export function responseSchema(document: JsonObject, id: string, status: string): string {
    const response = objectAt(methodOf(document, id), "responses")[status];
    return textAt(media(document, response).schema, "$ref") ?? "";
}

export function exampleProblems(document: JsonObject, id: string): readonly (readonly [string, Json])[] {
    return Object.entries(objectAt(methodOf(document, id), "responses"))
        .filter(([status]) => status.startsWith("4"))
        .map(([status, response]) => [
            status,
            media(document, response, "application/problem+json").example ?? null,
        ]);
}

/** The example through the template; as it is where there is none, as API Gateway does. */
export function transformed(holder: JsonObject, key: string, example: Json): unknown {
    const template = textAt(objectAt(holder, key), json);
    return template === undefined ? example : renderJson(template, { body: JSON.stringify(example) });
}

export function expectValid(document: JsonObject, schema: string, value: unknown): void {
    const formats = { "date-time": true, email: true, uri: true } as const;
    const ajv = new Ajv({ strict: false, allErrors: true, formats });
    ajv.addSchema({ $id: "contract", components: document.components });
    const accepts = ajv.compile({ $ref: `contract${schema}` });
    expect(accepts(value), `${JSON.stringify(value)}: ${ajv.errorsText(accepts.errors)}`).to.equal(true);
}
