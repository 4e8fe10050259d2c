import { exposedHeaders } from "./cors";
import { identityHeaders } from "./identity";
import { connection, originOf, type BackendTarget } from "./integration";
import type { JsonObject } from "./json";
import { integrationResponses, mappedResponses, methodResponses, type Answers } from "./mappedResponses";

export interface MappedSettings extends Answers {
    /** First segments of the target's paths, for example `orders/v2`. */
    readonly basePath: string;
    readonly backend: BackendTarget;
    /** Headers of every answer, such as `Sunset`. */
    readonly headers: Readonly<Record<string, string>>;
    /** Whether browsers may call. */
    readonly hasOrigins: boolean;
}

/** The client's origin: the ingress compares it with the allowed ones and answers with the header that a browser wants. */
const originHeader = "Origin";
const allowOrigin = "Access-Control-Allow-Origin";

/**
 * An integration in which API Gateway itself writes request and response: nothing passes that is not named here. Source: API Gateway,
 * "x-amazon-apigateway-integration" of type `http`, "Data mappings for REST APIs".
 */
export function mappedIntegration(settings: MappedSettings): {
    integration: JsonObject;
    responses: JsonObject;
} {
    const { backend, basePath, hasOrigins, operation, target, translated } = settings;
    const responses = mappedResponses(settings);
    const headers = {
        ...settings.headers,
        "Retry-After": "integration.response.header.Retry-After",
        ...(hasOrigins
            ? {
                  [allowOrigin]: `integration.response.header.${allowOrigin}`,
                  "Access-Control-Expose-Headers": exposedHeaders(settings.headers),
                  Vary: "'Origin'",
              }
            : {}),
    };
    const request = translated?.request;
    const integration = {
        ...connection(backend),
        type: "http",
        httpMethod: target.method.toUpperCase(),
        uri: `${originOf(backend)}/${basePath}${target.path}`,
        passthroughBehavior: request === undefined ? "when_no_match" : "never",
        requestParameters: requestParameters(settings),
        ...(request === undefined ? {} : { requestTemplates: { "application/json": request } }),
        responses: integrationResponses(responses, headers),
    };
    return { integration, responses: methodResponses(responses, operation, Object.keys(headers)) };
}

/** What the method must declare beside its own parameters, or it could not be mapped. */
export function mappedHeaders(hasOrigins: boolean): readonly JsonObject[] {
    return hasOrigins
        ? [{ name: originHeader, in: "header", required: false, schema: { type: "string" } }]
        : [];
}

function requestParameters({ hasOrigins, operation, translated }: MappedSettings): JsonObject {
    const places = { path: "path", query: "querystring", header: "header" } as const;
    const own = operation.parameters.map(({ in: place, name }) => {
        const mapped = place === "query" ? (translated?.query.get(name) ?? name) : name;
        return [
            `integration.request.${places[place]}.${mapped}`,
            `method.request.${places[place]}.${name}`,
        ] as const;
    });
    const origin = hasOrigins
        ? [[`integration.request.header.${originHeader}`, `method.request.header.${originHeader}`] as const]
        : [];
    const identity = Object.entries(identityHeaders(operation)).map(
        ([header, source]) => [`integration.request.header.${header}`, String(source)] as const,
    );
    return Object.fromEntries([...own, ...origin, ...identity]);
}
