import { tokenScheme, type Authorizer } from "./authorizer";
import type { Contract, Operation, Parameter } from "./contract";
import { preflight } from "./cors";
import { delivery, headersOf } from "./delivery";
import { gatewayResponses } from "./gatewayResponses";
import type { Json, JsonObject } from "./json";
import { modelsOf } from "./models";
import type { GatewaySettings } from "./settings";

const validator = "everything";

/**
 * The body that API Gateway imports for a contract: JSON text in which only the placeholders are open.
 * Source: API Gateway developer guide, "OpenAPI extensions for API Gateway".
 */
export function generateBody(contract: Contract, settings: GatewaySettings): string {
    const document: JsonObject = {
        openapi: "3.0.1",
        info: {
            title: contract.title,
            version: contract.version,
            ...(contract.description === undefined ? {} : { description: contract.description }),
        },
        paths: Object.fromEntries(
            pathsOf(contract).map((path) => [path, pathItem(path, contract, settings)]),
        ),
        components: {
            securitySchemes: securitySchemes(contract, settings.authorizer),
            schemas: modelsOf(contract.schemas, contract.operations),
        },
        "x-amazon-apigateway-api-key-source": "HEADER",
        "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true },
        "x-amazon-apigateway-request-validators": {
            [validator]: { validateRequestBody: true, validateRequestParameters: true },
        },
        "x-amazon-apigateway-request-validator": validator,
        "x-amazon-apigateway-gateway-responses": gatewayResponses(
            settings.allowedOrigins,
            headersOf(settings),
        ),
    };
    return JSON.stringify(document);
}

function pathsOf({ operations }: Contract): readonly string[] {
    return [...new Set(operations.map(({ path }) => path))];
}

function pathItem(path: string, contract: Contract, settings: GatewaySettings): JsonObject {
    const operations = contract.operations.filter((operation) => operation.path === path);
    const generated = operations.map(
        (operation) => [operation.method, method(operation, contract, settings)] as const,
    );
    const { allowedOrigins } = settings;
    if (allowedOrigins.length === 0) {
        return Object.fromEntries(generated);
    }
    const used = operations.map((operation) => operation.method.toUpperCase());
    const options = preflight(used, allParameters(operations), allowedOrigins);
    return Object.fromEntries([...generated, ["options", options] as const]);
}

function allParameters(operations: readonly Operation[]): readonly Parameter[] {
    const byPlace = operations.flatMap(({ parameters }) =>
        parameters.map((each) => [`${each.in} ${each.name}`, each] as const),
    );
    return [...new Map(byPlace).values()];
}

function method(operation: Operation, contract: Contract, settings: GatewaySettings): JsonObject {
    const { id, summary, bodySchema, bodyRequired, parameters } = operation;
    const { integration: backend, responses, headers } = delivery(operation, settings);
    const declared = [...parameters.map(parameterObject), ...headers];
    return {
        operationId: id,
        ...(summary === undefined ? {} : { summary }),
        ...(settings.deprecation === undefined ? {} : { deprecated: true }),
        ...(declared.length === 0 ? {} : { parameters: declared }),
        ...(bodySchema === undefined ? {} : { requestBody: requestBody(bodySchema, bodyRequired) }),
        responses,
        security: security(operation, contract),
        "x-amazon-apigateway-request-validator": validator,
        "x-amazon-apigateway-integration": backend,
    };
}

/** Of a parameter's rules API Gateway checks presence only; the service checks the rest. */
function parameterObject({ name, in: place, required, description, type }: Parameter): JsonObject {
    return {
        name,
        in: place,
        required,
        ...(description === undefined ? {} : { description }),
        schema: { type },
    };
}

function requestBody(schema: string, required: boolean): JsonObject {
    return {
        required,
        content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } },
    };
}

/** Token and key as entries of their own: API Gateway adds them up, as AWS's own SAM spells it (docs/unproven.md). */
function security({ access }: Operation, { tokenScheme = "", apiKeyScheme = "" }: Contract): readonly Json[] {
    const token = access.scopes === undefined ? [] : [{ [tokenScheme]: access.scopes }];
    return [...token, ...(access.apiKey ? [{ [apiKeyScheme]: [] }] : [])];
}

function securitySchemes({ tokenScheme: token, apiKeyScheme }: Contract, authorizer: Authorizer): JsonObject {
    return {
        ...(token === undefined ? {} : { [token]: tokenScheme(authorizer) }),
        ...(apiKeyScheme === undefined
            ? {}
            : { [apiKeyScheme]: { type: "apiKey", name: "x-api-key", in: "header" } }),
    };
}
