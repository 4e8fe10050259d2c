import { expect } from "chai";
import { UserLimiter, type UserLimiterArgs } from "../../../../components/mesh/limiter/UserLimiter";
import { identities, named, record, refusal, type RecordedResource } from "../../../support/mocks";
import { containersOf, createMesh, placement } from "../support";

const image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/ratelimit:3fb70258";
const computed = (type: string): Record<string, unknown> => ({
    ...(type.includes("serverlessCache") ? { endpoints: [{ address: "limits.example", port: 6379 }] } : {}),
    ...(type.includes("privateKey") ? { privateKeyPem: "-----BEGIN EC PRIVATE KEY-----" } : {}),
});

async function deploy(args: Partial<UserLimiterArgs> = {}): Promise<readonly RecordedResource[]> {
    return record(
        () => new UserLimiter("user-limiter", { mesh: createMesh({ userLimiter: true }), image, ...args }),
        { computed },
    );
}

describe("UserLimiter", () => {
    it("makes exactly these resources besides a member's; renaming one needs an alias", async () => {
        const resources = await deploy({ maximum: 4 });
        const own = resources.filter(({ name }) => name.startsWith("user-limiter-s"));
        expect(identities(own)).to.deep.equal([
            "aws:appautoscaling/policy:Policy user-limiter-scaling-cpu < user-limiter",
            "aws:appautoscaling/target:Target user-limiter-scaling < user-limiter",
            "aws:ec2/securityGroup:SecurityGroup user-limiter-store-clients < user-limiter-store",
            "aws:ec2/securityGroup:SecurityGroup user-limiter-store-group < user-limiter-store",
            "aws:elasticache/serverlessCache:ServerlessCache user-limiter-store-cache < user-limiter-store",
            "aws:elasticache/user:User user-limiter-store-user < user-limiter-store",
            "aws:elasticache/userGroup:UserGroup user-limiter-store-users < user-limiter-store",
            "aws:ssm/parameter:Parameter user-limiter-store-address < user-limiter-store",
            "aws:ssm/parameter:Parameter user-limiter-store-credentials < user-limiter-store",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule user-limiter-store-from-clients-out < user-limiter-store",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule user-limiter-store-from-clients-in < user-limiter-store",
            "shop:mesh:LimitStore user-limiter-store < user-limiter",
            "tls:index/privateKey:PrivateKey user-limiter-store-password < user-limiter-store",
        ]);
        const members = resources.filter(({ type }) => type === "shop:mesh:MeshedService");
        expect(members.map(({ name, parent }) => [name, parent])).to.deep.equal([
            ["user-limiter", "user-limiter"],
        ]);
    });

    it("keeps its counts encrypted, behind a password, open to its own tasks and commands only", async () => {
        const resources = await deploy();
        expect(named(resources, "user-limiter-store-cache").inputs).to.deep.equal({
            name: "shop-test-limits",
            description: "Counts of each user's requests of shop-test",
            engine: "valkey",
            majorEngineVersion: "8",
            subnetIds: ["subnet-1", "subnet-2"],
            securityGroupIds: ["user-limiter-store-group_id"],
            kmsKeyId: placement.kmsKeyArn,
            userGroupId: "shop-test-limits",
            snapshotRetentionLimit: 0,
            cacheUsageLimits: { dataStorage: { maximum: 1, unit: "GB" } },
        });
        expect(named(resources, "user-limiter-store-user").inputs.accessString).to.equal(
            "on ~ingress_* resetchannels -@all +ping +incrby +expire +readonly +cluster|slots",
        );
        expect(named(resources, "user-limiter-store-from-clients-in").inputs).to.deep.include({
            securityGroupId: "user-limiter-store-group_id",
            referencedSecurityGroupId: "user-limiter-store-clients_id",
            fromPort: 6379,
            toPort: 6379,
        });
        const service = named(resources, "user-limiter", "aws:ecs/service:Service").inputs;
        expect(service.networkConfiguration).to.deep.include({
            securityGroups: ["mesh-members_id", "user-limiter-store-clients_id"],
        });
    });

    it("finds its store and its password in parameters: neither stands in the task definition", async () => {
        const resources = await deploy();
        const task = named(resources, "user-limiter", "aws:ecs/taskDefinition:TaskDefinition").inputs;
        expect(containersOf(task.containerDefinitions).get("application")?.secrets).to.deep.equal([
            { name: "REDIS_AUTH", valueFrom: "/shop-test/mesh/user-limiter/store-credentials" },
            { name: "REDIS_URL", valueFrom: "/shop-test/mesh/user-limiter/store-address" },
        ]);
        expect(named(resources, "user-limiter-store-address").inputs).to.deep.include({
            type: "String",
            value: "limits.example:6379",
        });
        expect(named(resources, "user-limiter-store-credentials").inputs).to.deep.include({
            type: "SecureString",
            keyId: placement.kmsKeyArn,
        });
    });

    it("counts every user and consumer to 1000 a minute, and takes requests from its sidecar alone", async () => {
        const task = named(await deploy(), "user-limiter", "aws:ecs/taskDefinition:TaskDefinition").inputs;
        const { environment = [] } = containersOf(task.containerDefinitions).get("application") ?? {};
        const variables = Object.fromEntries(environment.map(({ name, value }) => [name, value]));
        const each = (key: string): object => ({
            key: "counted-by",
            value: key,
            descriptors: [{ key, rate_limit: { unit: "minute", requests_per_unit: 1000 } }],
        });
        expect(JSON.parse(variables.LIMITS ?? "")).to.deep.equal({
            domain: "ingress",
            descriptors: [each("user"), each("consumer")],
        });
        expect(variables).to.deep.include({
            HOST: "127.0.0.1",
            GRPC_HOST: "127.0.0.1",
            DEBUG_HOST: "127.0.0.1",
            REDIS_TLS: "true",
            REDIS_TYPE: "CLUSTER",
        });
    });

    it("rejects everything at once, and makes nothing", async () => {
        const { message, resources } = await refusal((attempt) => {
            const mesh = createMesh();
            attempt(
                () =>
                    new UserLimiter("limits", {
                        mesh,
                        image: "ratelimit:latest",
                        requestsPerMinute: 2000,
                        tasks: 0,
                    }),
            );
        });
        expect(message).to.equal(
            [
                'UserLimiter "limits": 5 issues',
                '  - name is "limits"; use "user-limiter": by it the ingress finds it',
                "  - mesh.userLimiter is false; use true: the mesh must know its limiter",
                '  - image is "ratelimit:latest"; use an image by digest ("…@sha256:<64 hex digits>") or by an exact tag ("…:1.4.2"), not a tag that moves',
                "  - requestsPerMinute is 2000; use 1 to 1000 a minute (ADR-003: 1000)",
                "  - tasks is 0; use 1 to 30 tasks",
            ].join("\n"),
        );
        expect(resources.filter(({ parent }) => parent === "limits")).to.deep.equal([]);
    });
});
