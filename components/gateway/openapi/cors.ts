import type { Parameter } from "./contract";
import type { Json, JsonObject } from "./json";

/** Browser origins that may call the API, for example `https://shop.example`. */
export type Origins = readonly string[];

/** Seconds for which a browser may remember a preflight's answer; browsers cap it at 7200. */
const maxAgeSeconds = 7200;

/** Name under which AWS WAF tells which allowed origin a request comes from, and the prefix that it gives to all headers of its own. */
export const insertedOrigin = "allowed-origin";
const wafPrefix = "x-amzn-waf-";

/** What a page may read of an answer that the gateway writes, beside the body: when to come back, and the version's own headers. */
export function exposedHeaders(own: Readonly<Record<string, string>>): string {
    return `'${[...Object.keys(own), "Retry-After"].sort().join(",")}'`;
}

/**
 * Headers that let pages read the gateway's own errors. API Gateway cannot compare the caller's origin with a list there, and repeating it
 * would allow every page: with several origins AWS WAF has compared, and a header that the client cannot set says which one it is.
 */
export function errorOrigin(origins: Origins): Readonly<Record<string, string>> {
    const [first, ...further] = origins;
    if (first === undefined) {
        return {};
    }
    const origin =
        further.length === 0 ? `'${first}'` : `method.request.header.${wafPrefix}${insertedOrigin}`;
    return {
        "Access-Control-Allow-Origin": origin,
        Vary: "'Origin'",
    };
}

/** What AWS WAF itself refused did not get its header: pages of the first origin may read it. */
export function firewallOrigin([first]: Origins): Readonly<Record<string, string>> {
    return errorOrigin(first === undefined ? [] : [first]);
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
