import { replaced, type Kind, type Operator, type Props } from "../operator";
import type { Recorded } from "../recording";

export type Json = Props;

const restApi = "aws:apigateway/restApi:RestApi";
const methods = ["get", "put", "post", "delete", "patch"];

/** An operator on the OpenAPI document of every API: on the body where it is known, and on the registered template. */
export function inDocument(
    rule: string,
    kind: Kind,
    target: string,
    change: (document: Json) => void,
    parts: { readonly only?: "up"; readonly where?: (api: Recorded) => boolean; readonly body?: true } = {},
): Operator {
    return {
        kind,
        target,
        rule,
        ...(parts.only === undefined ? {} : { only: parts.only }),
        appliesTo: (resource) => resource.type === restApi && (parts.where?.(resource) ?? true),
        apply: (api, program) => {
            const withBody = replaced(program, api, ({ props }) => {
                props.body = changedText(props.body, change);
            });
            const component = program.find(({ urn }) => urn === api.parent);
            return component === undefined || parts.body === true
                ? withBody
                : replaced(withBody, component, ({ props }) => {
                      const version = api.name.slice(component.name.length + 1);
                      const registered = (props.versions as Record<string, Json>)[version] ?? {};
                      registered.template = changedText(registered.template, change);
                  });
        },
    };
}

/** Unknown bodies stay as they are. */
function changedText(text: unknown, change: (document: Json) => void): unknown {
    if (typeof text !== "string" || !text.startsWith("{")) {
        return text;
    }
    const document = JSON.parse(text) as Json;
    change(document);
    return JSON.stringify(document);
}

/** The operations of a document that forward requests. */
export function operations(document: Json): readonly Json[] {
    return Object.values(document.paths as Record<string, Json>).flatMap((item) =>
        methods.flatMap((method) => (method in item ? [item[method] as Json] : [])),
    );
}

/** The operations that ask for a token and for the key. */
export function guarded(document: Json): readonly Json[] {
    return operations(document).filter(({ security }) => {
        const [token, key] = security as readonly unknown[];
        return token !== undefined && key !== undefined;
    });
}

export function preflights(document: Json): readonly Json[] {
    return Object.values(document.paths as Record<string, Json>).flatMap((item) =>
        "options" in item ? [item.options as Json] : [],
    );
}

export function integrationOf(operation: Json): Json {
    return operation["x-amazon-apigateway-integration"] as Json;
}

export function first<T>(list: readonly T[]): T {
    const [one] = list;
    if (one === undefined) {
        throw new Error("nothing to change");
    }
    return one;
}
