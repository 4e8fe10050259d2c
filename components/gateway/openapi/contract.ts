import type { Json, JsonObject } from "./json";

/** Methods that a contract may use. OPTIONS belongs to the preflight; API Gateway's import knows no TRACE. */
export const methods = ["get", "put", "post", "delete", "patch", "head"] as const;
export type Method = (typeof methods)[number];

/** What a caller must present. */
export interface Access {
    /** Scopes of which the access token needs one; absent where no token is asked for. */
    readonly scopes?: readonly string[];
    readonly apiKey: boolean;
}

export interface Parameter {
    readonly name: string;
    readonly in: "path" | "query" | "header";
    readonly required: boolean;
    readonly description?: string;
    readonly type: string;
}

export interface Operation {
    readonly id: string;
    readonly method: Method;
    readonly path: string;
    readonly summary?: string;
    readonly parameters: readonly Parameter[];
    /** Name of the schema that a JSON body must match; absent where there is no body. */
    readonly bodySchema?: string;
    readonly bodyRequired: boolean;
    /** Status (`200`, `default`) with its description. */
    readonly responses: ReadonlyMap<string, string>;
    /** Status to the schema of its JSON body; a status without a body is absent. */
    readonly responseSchemas: ReadonlyMap<string, Json>;
    readonly access: Access;
    /** Where it stands in the file, for messages. */
    readonly at: string;
}

/** The parts of an OpenAPI 3.0 document that the gateway enforces. */
export interface Contract {
    readonly title: string;
    readonly version: string;
    /** Where the version stands in the file, for messages. */
    readonly versionAt: string;
    readonly description?: string;
    readonly operations: readonly Operation[];
    /** All schemas under components, as written. */
    readonly schemas: JsonObject;
    /** Scopes that the contract declares, with what each allows. */
    readonly scopes: ReadonlyMap<string, string>;
    /** Name of the scheme for access tokens, where one is used. */
    readonly tokenScheme?: string;
    /** Name of the scheme for API keys, where one is used. */
    readonly apiKeyScheme?: string;
}

/** Whether the operation does without one of ADR-003's two: a token ("JWT Authentication") and a key ("API Key Authentication"). */
export function isPublic({ access }: Operation): boolean {
    return access.scopes === undefined || !access.apiKey;
}
