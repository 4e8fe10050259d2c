import * as cognito from "@pulumi/aws/cognito";
import * as pulumi from "@pulumi/pulumi";
import { transformed, type Transform } from "../transform";
import { applications, type AppClient, type Clients, type ConsumerClient } from "./clients";
import { userPoolId, type ExistingUserPool, type NewUserPool } from "./signIn";

export interface UserDirectoryArgs {
    /** Beginning of physical names. */
    readonly prefix: string;
    readonly signIn: NewUserPool | ExistingUserPool;
    readonly clients: Clients;
    readonly scopes: Readonly<Record<string, string>>;
    /** Refuse to delete the pool: its users cannot be restored. */
    readonly protect: boolean;
    readonly transform?: Transform<cognito.UserPoolArgs> | undefined;
}

/** The user pool that issues access tokens: its scopes, and an app client for each kind of caller. */
export class UserDirectory extends pulumi.ComponentResource {
    readonly userPoolId: pulumi.Output<string>;
    readonly userPoolArn: pulumi.Output<string>;
    /** Web, mobile and each consumer, to its client id. */
    readonly clientIds: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: UserDirectoryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:UserDirectory", name, {}, opts);
        const { signIn } = args;
        if ("userPoolArn" in signIn) {
            this.userPoolId = pulumi.output(userPoolId(signIn));
            this.userPoolArn = pulumi.output(signIn.userPoolArn);
        } else {
            const pool = this.createPool(name, args, signIn);
            this.userPoolId = pool.id;
            this.userPoolArn = pool.arn;
            this.createSignInDomain(name, signIn);
        }
        const servers = this.createResourceServers(name, args.scopes);
        const clients = [
            ...applications.map((each) => [each, appClientArgs(args.clients[each])] as const),
            ...Object.entries(args.clients.consumers ?? {}).map(
                ([consumer, client]) => [consumer, consumerClientArgs(client)] as const,
            ),
        ];
        this.clientIds = Object.fromEntries(
            clients.map(([client, clientArgs]) => [
                client,
                this.createClient(name, client, clientArgs, args.prefix, servers),
            ]),
        );
        this.registerOutputs({
            userPoolId: this.userPoolId,
            userPoolArn: this.userPoolArn,
            clientIds: this.clientIds,
        });
    }

    private createPool(name: string, args: UserDirectoryArgs, signIn: NewUserPool): cognito.UserPool {
        const pool: cognito.UserPoolArgs = {
            name: args.prefix,
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
            deletionProtection: args.protect ? "ACTIVE" : "INACTIVE",
        };
        return new cognito.UserPool(name, transformed(pool, args.transform), {
            parent: this,
            protect: args.protect,
        });
    }

    /** One resource server for each first part of a scope: the pool issues `orders/read` for `read` of `orders`. */
    private createResourceServers(
        name: string,
        scopes: Readonly<Record<string, string>>,
    ): cognito.ResourceServer[] {
        const byServer = new Map<string, { scopeName: string; scopeDescription: string }[]>();
        for (const [scope, scopeDescription] of Object.entries(scopes)) {
            const [server = "", scopeName = ""] = scope.split("/");
            byServer.set(server, [...(byServer.get(server) ?? []), { scopeName, scopeDescription }]);
        }
        return [...byServer].map(
            ([identifier, own]) =>
                new cognito.ResourceServer(
                    `${name}-${identifier}`,
                    { userPoolId: this.userPoolId, identifier, name: identifier, scopes: own },
                    { parent: this },
                ),
        );
    }

    /** Where people sign in and where tokens are issued. */
    private createSignInDomain(name: string, { domainPrefix }: NewUserPool): void {
        new cognito.UserPoolDomain(
            `${name}-sign-in`,
            { domain: domainPrefix, userPoolId: this.userPoolId },
            { parent: this },
        );
    }

    private createClient(
        name: string,
        client: string,
        args: Partial<cognito.UserPoolClientArgs>,
        prefix: string,
        dependsOn: cognito.ResourceServer[],
    ): pulumi.Output<string> {
        return new cognito.UserPoolClient(
            `${name}-${client}-client`,
            {
                name: `${prefix}-${client}`,
                userPoolId: this.userPoolId,
                allowedOauthFlowsUserPoolClient: true,
                enableTokenRevocation: true,
                preventUserExistenceErrors: "ENABLED",
                accessTokenValidity: 60,
                idTokenValidity: 60,
                tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "days" },
                ...args,
            },
            { parent: this, dependsOn },
        ).id;
    }
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
