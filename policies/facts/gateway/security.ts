import type { Value } from "../value";
import type { Operation } from "./operations";

/** What an operation asks of its callers. API Gateway adds the entries of `security` up. */
export interface Access {
    readonly token: "none" | "scoped" | "without scope";
    readonly apiKey: boolean;
    /** Schemes that are neither: custom authorizers, IAM, and names that no scheme has. */
    readonly others: readonly string[];
}

/** Extensions of an operation that replace what its `security` asks for. */
const overrides = ["x-amazon-apigateway-auth", "x-amazon-apigateway-authtype"];

/** Source: API Gateway, "x-amazon-apigateway-authorizer" and "x-amazon-apigateway-authtype". */
export function accessOf(document: Value, { message }: Operation): Access {
    const own = message.get("security");
    const entries = (own.isMissing ? document.get("security") : own).items();
    const asked = entries.flatMap((entry) => entry.fields.map((name) => ({ name, scopes: entry.get(name) })));
    const kinds = asked.map(({ name, scopes }) => ({ name, scopes, kind: kindOf(schemeOf(document, name)) }));
    const tokens = kinds.filter(({ kind }) => kind === "token");
    const isScoped = tokens.length === 1 && tokens.every(({ scopes }) => scopes.items().length > 0);
    return {
        token: tokens.length === 0 ? "none" : isScoped ? "scoped" : "without scope",
        apiKey: kinds.some(({ kind }) => kind === "key"),
        others: [
            ...kinds.filter(({ kind }) => kind === "other").map(({ name }) => name),
            ...overrides.filter((name) => !message.get(name).isMissing),
        ],
    };
}

function schemeOf(document: Value, name: string): Value {
    return document.get("components", "securitySchemes", name);
}

function kindOf(scheme: Value): "token" | "key" | "other" {
    const authorizer = scheme.get("x-amazon-apigateway-authorizer");
    const header = scheme.get("in").text === "header" ? scheme.get("name").text?.toLowerCase() : undefined;
    if (scheme.get("type").text !== "apiKey" || header === undefined) {
        return "other";
    }
    if (authorizer.isMissing) {
        return header === "x-api-key" && scheme.get("x-amazon-apigateway-authtype").isMissing
            ? "key"
            : "other";
    }
    return header === "authorization" && readsTokens(authorizer) ? "token" : "other";
}

/** A user pool, or the native authorizer of JSON web tokens with issuer and audience. */
function readsTokens(authorizer: Value): boolean {
    const type = authorizer.get("type").text?.toLowerCase();
    if (type === "cognito_user_pools") {
        return authorizer.get("providerARNs").items().length > 0;
    }
    const issuers = authorizer.get("jwtConfiguration", "issuers").items();
    return (
        type === "jwt" &&
        issuers.length > 0 &&
        issuers.every(
            (issuer) =>
                issuer.get("issuer").text?.startsWith("https://") === true &&
                issuer.get("audiences").items().length > 0,
        )
    );
}

/** Issuers of tokens that the document's native authorizers accept. */
export function issuersOf(document: Value): readonly Value[] {
    const schemes = document.get("components", "securitySchemes");
    return schemes.fields.flatMap((name) =>
        schemes
            .get(name, "x-amazon-apigateway-authorizer", "jwtConfiguration", "issuers")
            .items()
            .map((issuer) => issuer.get("issuer")),
    );
}

/** User pools by which the document's schemes check tokens. */
export function userPoolsOf(document: Value): readonly Value[] {
    const schemes = document.get("components", "securitySchemes");
    return schemes.fields.flatMap((name) =>
        schemes.get(name, "x-amazon-apigateway-authorizer", "providerARNs").items(),
    );
}
