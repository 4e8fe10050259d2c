import type { Value } from "../value";

const anyMethod = "x-amazon-apigateway-any-method";
const methods = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace", anyMethod]);
/** Fields of a path that are no operations and change none. */
const plainFields = new Set(["summary", "description", "parameters"]);

/** One operation of an API. */
export interface Operation {
    /** `operationId`, or method and path. */
    readonly id: string;
    readonly method: string;
    readonly path: string;
    readonly message: Value;
    readonly integration: Value;
    /** An `OPTIONS` that the gateway answers itself: browsers send it without credentials. */
    readonly isPreflight: boolean;
}

export function operationsOf(document: Value): readonly Operation[] {
    const paths = document.get("paths");
    if (paths.fields.length === 0) {
        throw paths.unjudgeable("at least one operation");
    }
    return paths.fields.flatMap((path) => operationsAt(paths.get(path), path));
}

function operationsAt(item: Value, path: string): readonly Operation[] {
    return item.fields.flatMap((method) => {
        if (plainFields.has(method)) {
            return [];
        }
        const message = item.get(method);
        if (!methods.has(method)) {
            throw message.unjudgeable("operations, written out");
        }
        const integration = message.get("x-amazon-apigateway-integration");
        return [
            {
                id: message.get("operationId").text ?? `${method} ${path}`,
                method,
                path,
                message,
                integration,
                isPreflight:
                    method === "options" &&
                    integration.get("type").text?.toLowerCase() === "mock" &&
                    integration.get("uri").isMissing,
            },
        ];
    });
}
