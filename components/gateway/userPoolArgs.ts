import type * as cognito from "@pulumi/aws/cognito";
import { applications, type AppClient, type Clients, type ConsumerClient } from "./clients";
import type { NewUserPool } from "./signIn";

export function poolArgs(prefix: string, signIn: NewUserPool, protect: boolean): cognito.UserPoolArgs {
    return {
        name: prefix,
        usernameAttributes: ["email"],
        usernameConfiguration: { caseSensitive: false },
        autoVerifiedAttributes: ["email"],
        accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
        adminCreateUserConfig: { allowAdminCreateUserOnly: signIn.selfRegistration !== true },
        mfaConfiguration: "OPTIONAL",
        softwareTokenMfaConfiguration: { enabled: true },
        passwordPolicy: {
            minimumLength: 14,
            requireLowercase: true,
            requireNumbers: true,
            requireSymbols: false,
            requireUppercase: true,
            temporaryPasswordValidityDays: 3,
        },
        userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
        deletionProtection: protect ? "ACTIVE" : "INACTIVE",
    };
}

type ScopeArgs = readonly { readonly scopeName: string; readonly scopeDescription: string }[];

/** One resource server for each first part of a scope: the pool issues `orders/read` for `read` of `orders`. */
export function scopesByServer(scopes: Readonly<Record<string, string>>): ReadonlyMap<string, ScopeArgs> {
    const byServer = new Map<string, ScopeArgs>();
    for (const [scope, scopeDescription] of Object.entries(scopes)) {
        const [server = "", scopeName = ""] = scope.split("/");
        byServer.set(server, [...(byServer.get(server) ?? []), { scopeName, scopeDescription }]);
    }
    return byServer;
}

/** Client to what its kind of caller needs. */
export function clientArgs(clients: Clients): Readonly<Record<string, Partial<cognito.UserPoolClientArgs>>> {
    const consumers = Object.entries(clients.consumers ?? {});
    return Object.fromEntries([
        ...applications.map((each) => [each, appClientArgs(clients[each])] as const),
        ...consumers.map(([consumer, client]) => [consumer, consumerClientArgs(client)] as const),
    ]);
}

/** A public client: the authorization code flow with PKCE, no secret, no password of a user through the application. */
function appClientArgs({
    callbackUrls,
    logoutUrls = callbackUrls,
    scopes,
}: AppClient): Partial<cognito.UserPoolClientArgs> {
    return {
        generateSecret: false,
        allowedOauthFlows: ["code"],
        allowedOauthScopes: ["openid", ...scopes],
        explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
        supportedIdentityProviders: ["COGNITO"],
        callbackUrls: [...callbackUrls],
        logoutUrls: [...logoutUrls],
        refreshTokenValidity: 30,
    };
}

/** A machine's client: its own id and secret, no user. */
function consumerClientArgs({ scopes }: ConsumerClient): Partial<cognito.UserPoolClientArgs> {
    return {
        generateSecret: true,
        allowedOauthFlows: ["client_credentials"],
        allowedOauthScopes: [...scopes],
    };
}
