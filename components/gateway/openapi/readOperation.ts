import type { Issues } from "../../model/issues";
import type { Method, Operation, Parameter } from "./contract";
import { arrayAt, isObject, objectAt, textAt, type Json, type JsonObject } from "./json";
import { dereference, type Locate } from "./references";
import { readAccess, type Schemes } from "./schemes";

/** What surrounds an operation in the document. */
export interface OperationContext {
    readonly document: JsonObject;
    readonly schemes: Schemes;
    readonly locate: Locate;
    readonly issues: Issues;
}

const jsonType = "application/json";
/** Headers that the gateway reads or sets itself, or refuses from clients. */
const gatewayHeaders =
    /^(authorization|content-(type|encoding|length)|origin|host|x-api-key|x-(user|consumer|request)-id|x-amzn-.*)$/i;
const schemaReference = /^#\/components\/schemas\/(.+)$/;

/** Reads one operation and records what API Gateway could not carry out as written. */
export function readOperation(path: string, method: Method, context: OperationContext): Operation {
    const { document, schemes, locate, issues } = context;
    const item = objectAt(objectAt(document, "paths"), path);
    const operation = objectAt(item, method);
    const at = locate("paths", path, method);
    const id = textAt(operation, "operationId") ?? "";
    issues.require(
        /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(id),
        `${at}.operationId`,
        id || undefined,
        "letters and digits, 64 at most",
    );
    const parameters = readParameters(item, operation, at, context);
    checkPathParameters(path, parameters, at, issues);
    const summary = textAt(operation, "summary");
    return {
        id,
        method,
        path,
        ...(summary === undefined ? {} : { summary }),
        parameters,
        ...readBody(operation, at, context),
        ...readResponses(operation, at, context),
        access: readAccess(document, operation, schemes, at, issues),
        at,
    };
}

function readParameters(
    item: JsonObject,
    operation: JsonObject,
    at: string,
    context: OperationContext,
): Parameter[] {
    const byPlace = new Map<string, Parameter>();
    for (const written of [...arrayAt(item, "parameters"), ...arrayAt(operation, "parameters")]) {
        const parameter = readParameter(written, at, context);
        if (parameter !== undefined) {
            byPlace.set(`${parameter.in} ${parameter.name}`, parameter);
        }
    }
    return [...byPlace.values()];
}

function readParameter(
    written: Json,
    at: string,
    { document, issues }: OperationContext,
): Parameter | undefined {
    const parameter = dereference(document, written, `${at}.parameters`, issues);
    const name = textAt(parameter, "name");
    const place = textAt(parameter, "in");
    if (name === undefined || (place !== "path" && place !== "query" && place !== "header")) {
        issues.add(`${at}.parameters`, place ?? name, "a name and a place: path, query or header");
        return undefined;
    }
    const isFree = place !== "header" || !gatewayHeaders.test(name);
    issues.require(isFree, `${at}.parameters`, name, "a header that is not the gateway's own");
    const description = textAt(parameter, "description");
    const schema = dereference(document, parameter.schema, `${at}.parameters.${name}.schema`, issues);
    return {
        name,
        in: place,
        required: place === "path" || parameter.required === true,
        ...(description === undefined ? {} : { description }),
        type: textAt(schema, "type") ?? "string",
    };
}

function checkPathParameters(
    path: string,
    parameters: readonly Parameter[],
    at: string,
    issues: Issues,
): void {
    const wanted = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
    const declared = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
    const sameNames =
        wanted.length === declared.length &&
        wanted.every((name) => name !== undefined && declared.includes(name));
    issues.require(
        sameNames,
        `${at}.parameters`,
        declared,
        `the path's parameters: ${JSON.stringify(wanted)}`,
    );
}

/** Only JSON is validated by API Gateway, and only against a model that has a name. */
function readBody(
    operation: JsonObject,
    at: string,
    { document, issues }: OperationContext,
): Pick<Operation, "bodySchema" | "bodyRequired"> {
    if (operation.requestBody === undefined) {
        return { bodyRequired: false };
    }
    const body = dereference(document, operation.requestBody, `${at}.requestBody`, issues);
    const types = Object.keys(objectAt(body, "content"));
    issues.require(
        types.length === 1 && types[0] === jsonType,
        `${at}.requestBody.content`,
        types,
        `${jsonType} only`,
    );
    const reference = textAt(objectAt(objectAt(objectAt(body, "content"), jsonType), "schema"), "$ref");
    const name = schemaReference.exec(reference ?? "")?.[1];
    const schemas = objectAt(objectAt(document, "components"), "schemas");
    if (name === undefined || !isObject(schemas[name])) {
        issues.add(
            `${at}.requestBody.content.${jsonType}.schema`,
            reference,
            "a $ref to a schema under components.schemas",
        );
        return { bodyRequired: true };
    }
    return { bodySchema: name, bodyRequired: body.required === true };
}

function readResponses(
    operation: JsonObject,
    at: string,
    { document, issues }: OperationContext,
): Pick<Operation, "responses" | "responseSchemas"> {
    const responses = new Map<string, string>();
    const responseSchemas = new Map<string, Json>();
    for (const [status, response] of Object.entries(objectAt(operation, "responses"))) {
        const found = dereference(document, response, `${at}.responses.${status}`, issues);
        responses.set(status, textAt(found, "description") ?? status);
        const { schema } = objectAt(objectAt(found, "content"), jsonType);
        if (schema !== undefined) {
            responseSchemas.set(status, schema);
        }
    }
    issues.require(responses.size > 0, `${at}.responses`, undefined, "at least one response");
    return { responses, responseSchemas };
}
