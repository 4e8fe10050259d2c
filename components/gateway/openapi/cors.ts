import type { Parameter } from "./contract";
import type { Json, JsonObject } from "./json";

/** Browser origins that may call the API, for example `https://shop.example`. */
export type Origins = readonly string[];

/** Seconds for which a browser may remember a preflight's answer; browsers cap it at 7200. */
const maxAgeSeconds = 7200;

/**
 * Header that lets pages of the first origin read a gateway's own errors. API Gateway cannot compare there, and repeating the caller's
 * origin would allow every page: with several origins the others see a refused request without its body.
 */
export function errorOrigin(origins: Origins): JsonObject {
    const [first] = origins;
    return first === undefined ? {} : { "gatewayresponse.header.Access-Control-Allow-Origin": `'${first}'` };
}

/**
 * The preflight of one path, answered by the gateway without authentication: it cannot carry any. An origin that is not
 * listed gets the first listed one, which its browser refuses.
 */
export function preflight(
    methods: readonly string[],
    parameters: readonly Parameter[],
    origins: Origins,
): JsonObject {
    const headers: Record<string, string> = {
        "Access-Control-Allow-Headers": allowedHeaders(parameters),
        "Access-Control-Allow-Methods": [...methods, "OPTIONS"].join(","),
        "Access-Control-Allow-Origin": origins[0] ?? "",
        "Access-Control-Max-Age": String(maxAgeSeconds),
        Vary: "Origin",
    };
    const names = Object.keys(headers);
    return {
        summary: "Preflight of browsers",
        security: [],
        ...pathParameters(parameters),
        responses: {
            "204": {
                description: "What a browser may send",
                headers: Object.fromEntries(names.map((name) => [name, { schema: { type: "string" } }])),
            },
        },
        "x-amazon-apigateway-integration": {
            type: "mock",
            passthroughBehavior: "never",
            requestTemplates: { "application/json": '{"statusCode":204}' },
            responses: {
                default: {
                    statusCode: "204",
                    responseParameters: Object.fromEntries(
                        Object.entries(headers).map(([name, value]) => [
                            `method.response.header.${name}`,
                            `'${value}'`,
                        ]),
                    ),
                    responseTemplates: { "application/json": originTemplate(origins) },
                },
            },
        },
    };
}

function allowedHeaders(parameters: readonly Parameter[]): string {
    const own = parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name);
    return [...new Set(["Authorization", "Content-Type", "X-Api-Key", ...own])].join(",");
}

function pathParameters(parameters: readonly Parameter[]): Record<string, Json> {
    const declared = parameters.filter((parameter) => parameter.in === "path");
    return declared.length === 0
        ? {}
        : {
              parameters: declared.map(({ name, type }) => ({
                  name,
                  in: "path",
                  required: true,
                  schema: { type },
              })),
          };
}

/** VTL that repeats the caller's origin where it is listed. Header names reach a template in the client's spelling. */
function originTemplate(origins: Origins): string {
    const listed = origins.map((each) => `$origin == "${each}"`).join(" || ");
    return [
        '#set($origin = $input.params("Origin"))',
        '#if($origin == "")#set($origin = $input.params("origin"))#end',
        `#if(${listed})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
    ].join("\n");
}
