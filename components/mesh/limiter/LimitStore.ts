import { createHash } from "node:crypto";
import * as ec2 from "@pulumi/aws/ec2";
import * as elasticache from "@pulumi/aws/elasticache";
import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { transformed, type Transform } from "../../transform";
import { limitDomain } from "../envoy/sharedLimit";
import { openStep } from "../../network/openStep";
import type { ServiceMesh } from "../ServiceMesh";

export interface LimitStoreArgs {
    readonly mesh: ServiceMesh;
    /** Names of the parameters in which the limiter finds where the store is, and its name and password there. */
    readonly parameters: { readonly address: string; readonly credentials: string };
    readonly transform?: LimitStoreTransform;
}

export interface LimitStoreTransform {
    readonly cache?: Transform<elasticache.ServerlessCacheArgs>;
    readonly user?: Transform<elasticache.UserArgs>;
}

const engine = "valkey";
const storePort = 6379;
const userName = "limiter";
/** Of the counts of its own domain what the limiter's client sends, and nothing else. */
const accessString = `on ~${limitDomain}_* resetchannels -@all +ping +incrby +expire +readonly +cluster|slots`;
/** A serverless cache takes 2 or 3 subnets. */
const mostSubnets = 3;

/** Where the counts of all limiter tasks are: ElastiCache Serverless for Valkey, over TLS only, open to the limiter alone. */
export class LimitStore extends pulumi.ComponentResource {
    /** Group of the tasks that may reach the store. */
    readonly clientGroupId: pulumi.Output<string>;
    readonly parameters: readonly ssm.Parameter[];
    readonly nodes: {
        readonly cache: elasticache.ServerlessCache;
        readonly user: elasticache.User;
    };

    constructor(name: string, args: LimitStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:mesh:LimitStore", name, {}, opts);
        const password = this.createPassword(name);
        const user = this.createUser(name, args, password);
        const { clients, store } = this.createGroups(name, args);
        const cache = this.createCache(name, args, user, store);
        this.clientGroupId = clients.id;
        this.parameters = this.createParameters(name, args, cache, password);
        this.nodes = { cache, user };
        this.registerOutputs({ cacheArn: cache.arn, clientGroupId: this.clientGroupId });
    }

    /** A fresh private key is 256 bits that nobody can guess, from a provider that is there; nothing else is made of it. */
    private createPassword(name: string): pulumi.Output<string> {
        const key = new tls.PrivateKey(
            `${name}-password`,
            { algorithm: "ECDSA", ecdsaCurve: "P256" },
            { parent: this },
        );
        return key.privateKeyPem.apply((pem) => createHash("sha256").update(pem).digest("hex"));
    }

    private createUser(
        name: string,
        { mesh, transform }: LimitStoreArgs,
        password: pulumi.Output<string>,
    ): elasticache.User {
        return new elasticache.User(
            `${name}-user`,
            transformed(
                {
                    userId: storeName(mesh),
                    userName,
                    engine,
                    accessString,
                    authenticationMode: { type: "password", passwords: [password] },
                },
                transform?.user,
            ),
            { parent: this },
        );
    }

    private createGroups(
        name: string,
        { mesh }: LimitStoreArgs,
    ): { clients: ec2.SecurityGroup; store: ec2.SecurityGroup } {
        const group = (role: string, description: string): ec2.SecurityGroup =>
            new ec2.SecurityGroup(
                `${name}-${role}`,
                { vpcId: mesh.network.vpcId, description },
                { parent: this },
            );
        const clients = group("clients", "Tasks of the limiter: out to its store");
        const store = group("group", "Store of the limiter: from its tasks only");
        openStep(
            `${name}-from-clients`,
            { from: clients.id, to: store.id, port: storePort, carries: "TLS" },
            { parent: this },
        );
        return { clients, store };
    }

    private createCache(
        name: string,
        { mesh, transform }: LimitStoreArgs,
        user: elasticache.User,
        group: ec2.SecurityGroup,
    ): elasticache.ServerlessCache {
        const users = new elasticache.UserGroup(
            `${name}-users`,
            { userGroupId: storeName(mesh), engine, userIds: [user.userId] },
            { parent: this },
        );
        return new elasticache.ServerlessCache(
            `${name}-cache`,
            transformed(
                {
                    name: storeName(mesh),
                    description: `Counts of each user's requests of ${mesh.placement.prefix}`,
                    engine,
                    majorEngineVersion: "8",
                    subnetIds: pulumi
                        .output(mesh.network.privateSubnetIds)
                        .apply((ids) => ids.slice(0, mostSubnets)),
                    securityGroupIds: [group.id],
                    kmsKeyId: mesh.placement.kmsKeyArn,
                    userGroupId: users.userGroupId,
                    // Counts live for two minutes: nothing is worth a copy.
                    snapshotRetentionLimit: 0,
                    cacheUsageLimits: { dataStorage: { maximum: 1, unit: "GB" } },
                },
                transform?.cache,
            ),
            { parent: this },
        );
    }

    private createParameters(
        name: string,
        { mesh, parameters }: LimitStoreArgs,
        cache: elasticache.ServerlessCache,
        password: pulumi.Output<string>,
    ): readonly ssm.Parameter[] {
        const address = cache.endpoints.apply((endpoints) =>
            endpoints.map((endpoint) => `${endpoint.address}:${endpoint.port}`).join(","),
        );
        return [
            new ssm.Parameter(
                `${name}-address`,
                {
                    name: parameters.address,
                    description: "Where the limiter's store is",
                    type: "String",
                    value: address,
                },
                { parent: this },
            ),
            new ssm.Parameter(
                `${name}-credentials`,
                {
                    name: parameters.credentials,
                    description: "User and password of the limiter in its store",
                    type: "SecureString",
                    keyId: mesh.placement.kmsKeyArn,
                    value: pulumi.interpolate`${userName}:${password}`,
                },
                { parent: this },
            ),
        ];
    }
}

function storeName(mesh: ServiceMesh): string {
    return `${mesh.placement.prefix}-limits`;
}
