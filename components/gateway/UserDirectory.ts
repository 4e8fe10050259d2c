import * as cognito from "@pulumi/aws/cognito";
import * as pulumi from "@pulumi/pulumi";
import { transformed, type Transform } from "../transform";
import type { Clients } from "./clients";
import { userPoolId, type ExistingUserPool, type NewUserPool } from "./signIn";
import { clientArgs, poolArgs, scopesByServer } from "./userPoolArgs";

export interface UserDirectoryTransform {
    readonly userPool?: Transform<cognito.UserPoolArgs>;
    readonly signInDomain?: Transform<cognito.UserPoolDomainArgs>;
    readonly resourceServer?: Transform<cognito.ResourceServerArgs>;
    readonly appClient?: Transform<cognito.UserPoolClientArgs>;
}

export interface UserDirectoryArgs {
    /** Beginning of physical names. */
    readonly prefix: string;
    readonly signIn: NewUserPool | ExistingUserPool;
    readonly clients: Clients;
    readonly scopes: Readonly<Record<string, string>>;
    /** Refuse to delete the pool: its users cannot be restored. */
    readonly protect: boolean;
    readonly transform?: UserDirectoryTransform | undefined;
}

/** Neither is there where a pool is brought. */
interface PoolNodes {
    readonly userPool?: cognito.UserPool;
    /** Where people sign in and where tokens are issued. */
    readonly signInDomain?: cognito.UserPoolDomain;
}

export interface UserDirectoryNodes extends PoolNodes {
    /** First part of a scope to its server. */
    readonly resourceServers: Readonly<Record<string, cognito.ResourceServer>>;
    /** Web, mobile and each consumer, to its client. */
    readonly appClients: Readonly<Record<string, cognito.UserPoolClient>>;
}

/** The user pool that issues access tokens: its scopes, and an app client for each kind of caller. */
export class UserDirectory extends pulumi.ComponentResource {
    readonly userPoolId: pulumi.Output<string>;
    readonly userPoolArn: pulumi.Output<string>;
    /** Web, mobile and each consumer, to its client id. */
    readonly clientIds: Readonly<Record<string, pulumi.Output<string>>>;
    readonly nodes: UserDirectoryNodes;

    constructor(name: string, args: UserDirectoryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:UserDirectory", name, {}, opts);
        const { arn, id, nodes } = this.pool(name, args);
        this.userPoolId = id;
        this.userPoolArn = arn;
        const resourceServers = this.createResourceServers(name, args);
        const appClients = this.createClients(name, args, Object.values(resourceServers));
        this.clientIds = Object.fromEntries(
            Object.entries(appClients).map(([client, created]) => [client, created.id]),
        );
        this.nodes = { ...nodes, resourceServers, appClients };
        this.registerOutputs({
            userPoolId: this.userPoolId,
            userPoolArn: this.userPoolArn,
            clientIds: this.clientIds,
        });
    }

    private pool(
        name: string,
        { prefix, protect, signIn, transform }: UserDirectoryArgs,
    ): { id: pulumi.Output<string>; arn: pulumi.Output<string>; nodes: PoolNodes } {
        if ("userPoolArn" in signIn) {
            return {
                id: pulumi.output(userPoolId(signIn)),
                arn: pulumi.output(signIn.userPoolArn),
                nodes: {},
            };
        }
        const userPool = new cognito.UserPool(
            name,
            transformed(poolArgs(prefix, signIn, protect), transform?.userPool),
            { parent: this, protect },
        );
        const domain: cognito.UserPoolDomainArgs = { domain: signIn.domainPrefix, userPoolId: userPool.id };
        const signInDomain = new cognito.UserPoolDomain(
            `${name}-sign-in`,
            transformed(domain, transform?.signInDomain),
            { parent: this },
        );
        return { id: userPool.id, arn: userPool.arn, nodes: { userPool, signInDomain } };
    }

    private createResourceServers(
        name: string,
        { scopes, transform }: UserDirectoryArgs,
    ): Readonly<Record<string, cognito.ResourceServer>> {
        const servers = [...scopesByServer(scopes)].map(([identifier, own]) => {
            const server: cognito.ResourceServerArgs = {
                userPoolId: this.userPoolId,
                identifier,
                name: identifier,
                scopes: own.map((scope) => ({ ...scope })),
            };
            const created = new cognito.ResourceServer(
                `${name}-${identifier}`,
                transformed(server, transform?.resourceServer),
                { parent: this },
            );
            return [identifier, created] as const;
        });
        return Object.fromEntries(servers);
    }

    private createClients(
        name: string,
        { clients, prefix, transform }: UserDirectoryArgs,
        dependsOn: cognito.ResourceServer[],
    ): Readonly<Record<string, cognito.UserPoolClient>> {
        const created = Object.entries(clientArgs(clients)).map(([client, own]) => {
            const args: cognito.UserPoolClientArgs = {
                name: `${prefix}-${client}`,
                userPoolId: this.userPoolId,
                allowedOauthFlowsUserPoolClient: true,
                enableTokenRevocation: true,
                preventUserExistenceErrors: "ENABLED",
                accessTokenValidity: 60,
                idTokenValidity: 60,
                tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "days" },
                ...own,
            };
            const resource = new cognito.UserPoolClient(
                `${name}-${client}-client`,
                transformed(args, transform?.appClient),
                { parent: this, dependsOn },
            );
            return [client, resource] as const;
        });
        return Object.fromEntries(created);
    }
}
