import type { Issues } from "../model/issues";
import { isDnsLabel } from "../model/names";
import type { Authorizer } from "./openapi/authorizer";

/** A user pool made for the stack. */
export interface NewUserPool {
    /** Prefix of the sign-in pages' host name; unique in the region among all of AWS's customers. */
    readonly domainPrefix: string;
    /** Whether anybody may sign up with the user pool itself, past the APIs. @default false */
    readonly selfRegistration?: boolean;
}

/** A user pool that is there already; the stack adds its scopes and app clients, and leaves the rest alone. */
export interface ExistingUserPool {
    /** In the same account and region. */
    readonly userPoolArn: string;
}

/** Source: RFC 7518; without the ones that share a secret, and without `none`. */
export const tokenAlgorithms = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
] as const;
export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

/** Any OpenID Connect provider whose access tokens carry `aud`; its clients and scopes are managed there. */
export interface OidcIssuer {
    /** Exactly as in the tokens' `iss`, for example `https://identity.example/shop`. */
    readonly issuer: string;
    /** Of which a token's `aud` must hold one. */
    readonly audiences: readonly string[];
    /** How it may sign: with a key pair only, whose public half the gateway reads. @default RS256 */
    readonly algorithms?: readonly TokenAlgorithm[] | undefined;
}

/** Who issues access tokens (ADR-003, "JWT Authentication"). */
export type SignIn = NewUserPool | ExistingUserPool | OidcIssuer;

const poolArn = /^arn:aws[\w-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/([\w-]+_[0-9a-zA-Z]+)$/;

export function authorizerOf(signIn: SignIn): Authorizer {
    if (!("issuer" in signIn)) {
        return { type: "userPool" };
    }
    const { algorithms = ["RS256"], audiences, issuer } = signIn;
    return { type: "jwt", issuer, audiences, algorithms };
}

/** Last part of a pool's ARN. */
export function userPoolId({ userPoolArn }: ExistingUserPool): string {
    return poolArn.exec(userPoolArn)?.[1] ?? "";
}

export function checkSignIn(signIn: SignIn, issues: Issues): void {
    if ("userPoolArn" in signIn) {
        const { userPoolArn } = signIn;
        issues.require(
            poolArn.test(userPoolArn),
            "signIn.userPoolArn",
            userPoolArn,
            "the ARN of a user pool",
        );
        return;
    }
    if ("issuer" in signIn) {
        const { algorithms = ["RS256"], audiences, issuer } = signIn;
        const want =
            '"https://", a host name and perhaps a path, exactly as in the tokens, without query or fragment';
        issues.require(isIssuer(issuer), "signIn.issuer", issuer, want);
        const named = audiences.length > 0 && audiences.every((each) => each.trim() !== "");
        issues.require(named, "signIn.audiences", audiences, "at least one audience, none of them empty");
        const signs = algorithms.length > 0 && algorithms.every((each) => tokenAlgorithms.includes(each));
        issues.require(signs, "signIn.algorithms", algorithms, `some of ${tokenAlgorithms.join(", ")}`);
        return;
    }
    const { domainPrefix } = signIn;
    // Source: Cognito developer guide, "Using the Amazon Cognito hosted domain": these words are AWS's own.
    const isAllowed = isDnsLabel(domainPrefix) && !/aws|amazon|cognito/.test(domainPrefix);
    const want = 'a DNS label without "aws", "amazon" or "cognito"';
    issues.require(isAllowed, "signIn.domainPrefix", domainPrefix, want);
}

function isIssuer(text: string): boolean {
    return URL.canParse(text) && /^https:\/\/[^?#\s]+$/.test(text);
}
