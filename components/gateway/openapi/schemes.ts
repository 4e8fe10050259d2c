import type { Issues } from "../../model/issues";
import type { Access } from "./contract";
import { arrayAt, isObject, objectAt, textAt, type Json, type JsonObject } from "./json";
import type { Locate } from "./references";

/** The contract's security schemes by what they ask for. */
export interface Schemes {
    readonly token?: string;
    readonly apiKey?: string;
    /** Scopes with their descriptions. */
    readonly scopes: ReadonlyMap<string, string>;
}

const apiKeyHeader = "x-api-key";

/** A scope is a resource server's identifier and a name: the form in which a user pool issues it. */
export const scopeForm = /^[a-z0-9.-]+\/[a-z0-9:.-]+$/;
export const wantScope = "resource and action, such as orders/read";
/** Characters of a scope's description. Source: Cognito, ResourceServerScopeType. */
const longestMeaning = 256;

/** Finds the one token scheme and the one key scheme. REST APIs read a key from the header `x-api-key` only. */
export function readSchemes(document: JsonObject, locate: Locate, issues: Issues): Schemes {
    const found: { token?: string; apiKey?: string; scopes: Map<string, string> } = { scopes: new Map() };
    for (const [name, scheme] of Object.entries(
        objectAt(objectAt(document, "components"), "securitySchemes"),
    )) {
        const at = locate("components", "securitySchemes", name);
        const kind = kindOf(scheme);
        if (kind === undefined) {
            issues.add(
                at,
                describe(scheme),
                `an oauth2 scheme with scopes, or an apiKey in the header ${apiKeyHeader}`,
            );
        } else if (found[kind] !== undefined) {
            issues.add(at, name, `one ${kind} scheme only: "${found[kind]}" is one already`);
        } else {
            found[kind] = name;
            for (const { flow, meaning, scope } of declaredScopes(scheme)) {
                const path = locate("components", "securitySchemes", name, "flows", flow, "scopes", scope);
                issues.require(scopeForm.test(scope), path, scope, wantScope);
                const tells = meaning.length >= 1 && meaning.length <= longestMeaning;
                issues.require(
                    tells,
                    path,
                    meaning,
                    `1 to ${longestMeaning} characters that say what it allows`,
                );
                found.scopes.set(scope, meaning);
            }
        }
    }
    return found;
}

function kindOf(scheme: Json): "token" | "apiKey" | undefined {
    const type = textAt(scheme, "type");
    if (type === "oauth2") {
        return "token";
    }
    const isHeader =
        textAt(scheme, "in") === "header" && textAt(scheme, "name")?.toLowerCase() === apiKeyHeader;
    return type === "apiKey" && isHeader ? "apiKey" : undefined;
}

function describe(scheme: Json): string {
    return [textAt(scheme, "type"), textAt(scheme, "in"), textAt(scheme, "name")].filter(Boolean).join(" ");
}

interface DeclaredScope {
    readonly flow: string;
    readonly scope: string;
    readonly meaning: string;
}

function declaredScopes(scheme: Json): readonly DeclaredScope[] {
    return Object.entries(objectAt(scheme, "flows")).flatMap(([flow, written]) =>
        Object.entries(objectAt(written, "scopes")).map(([scope, meaning]) => ({
            flow,
            scope,
            meaning: typeof meaning === "string" ? meaning : "",
        })),
    );
}

/**
 * What one operation asks for. Several alternatives are refused: API Gateway adds all entries up, so "this or that" would
 * silently become "this and that". Source: API Gateway developer guide, "Important notes for REST APIs"; docs/unproven.md.
 */
export function readAccess(
    document: JsonObject,
    operation: JsonObject,
    schemes: Schemes,
    at: string,
    issues: Issues,
): Access {
    if (operation.security === undefined && document.security === undefined) {
        issues.add(
            `${at}.security`,
            undefined,
            "the token scheme with a scope and the API key, or [] for a public operation",
        );
        return { apiKey: false };
    }
    const alternatives = arrayAt(operation.security === undefined ? document : operation, "security");
    if (alternatives.length > 1) {
        issues.add(`${at}.security`, alternatives, "a single alternative: all schemes in one entry");
    }
    const [asked = {}] = alternatives;
    return isObject(asked) ? accessOf(asked, schemes, at, issues) : { apiKey: false };
}

function accessOf(asked: JsonObject, schemes: Schemes, at: string, issues: Issues): Access {
    for (const name of Object.keys(asked)) {
        const known = name === schemes.token || name === schemes.apiKey;
        issues.require(known, `${at}.security`, name, "a scheme under components.securitySchemes");
    }
    const apiKey = schemes.apiKey !== undefined && schemes.apiKey in asked;
    if (schemes.token === undefined || !(schemes.token in asked)) {
        return { apiKey };
    }
    const scopes = arrayAt(asked, schemes.token).map(String);
    issues.require(scopes.length > 0, `${at}.security.${schemes.token}`, scopes, "at least one scope");
    for (const scope of scopes) {
        issues.require(
            schemes.scopes.has(scope),
            `${at}.security.${schemes.token}`,
            scope,
            "a scope that the scheme declares",
        );
    }
    return { apiKey, scopes };
}
