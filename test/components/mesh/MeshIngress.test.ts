import { expect } from "chai";
import { MeshIngress, type MeshIngressArgs } from "../../../components/mesh/MeshIngress";
import { identities, named, record, refusal, type RecordedResource } from "../../support/mocks";
import { containersOf, createMesh } from "./support";

const gateway = { clientCertificatePem: "-----BEGIN CERTIFICATE-----", securityGroupId: "sg-vpc-link" };

async function deploy(args: Partial<MeshIngressArgs> = {}): Promise<readonly RecordedResource[]> {
    return record(() => new MeshIngress("ingress", { mesh: createMesh(), gateway, ...args }));
}

describe("MeshIngress", () => {
    it("makes exactly these resources; renaming one needs an alias", async () => {
        const resources = await deploy();
        expect(identities(resources.filter(({ name }) => name.startsWith("ingress")))).to.deep.equal([
            "aws:cloudwatch/logGroup:LogGroup ingress-logs < ingress",
            "aws:ec2/securityGroup:SecurityGroup ingress-load-balancer < ingress",
            "aws:ec2/securityGroup:SecurityGroup ingress-tasks < ingress",
            "aws:ecs/service:Service ingress < ingress",
            "aws:ecs/taskDefinition:TaskDefinition ingress < ingress",
            "aws:iam/role:Role ingress-execution < ingress",
            "aws:iam/role:Role ingress-task < ingress",
            "aws:iam/rolePolicy:RolePolicy ingress-execution-policy < ingress",
            "aws:lb/listener:Listener ingress < ingress",
            "aws:lb/loadBalancer:LoadBalancer ingress < ingress",
            "aws:lb/targetGroup:TargetGroup ingress < ingress",
            "aws:ssm/parameter:Parameter ingress-gateway-trust < ingress",
            "aws:ssm/parameter:Parameter ingress-identity-certificate < ingress-identity",
            "aws:ssm/parameter:Parameter ingress-identity-private-key < ingress-identity",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule ingress-from-gateway-out < ingress",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule ingress-from-load-balancer-out < ingress",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule ingress-from-gateway-in < ingress",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule ingress-from-load-balancer-in < ingress",
            "shop:mesh:MemberIdentity ingress-identity < ingress",
            "shop:mesh:MemberTask ingress < ingress",
            "shop:mesh:MeshIngress ingress",
            "tls:index/certRequest:CertRequest ingress-identity-request < ingress-identity",
            "tls:index/locallySignedCert:LocallySignedCert ingress-identity < ingress-identity",
            "tls:index/privateKey:PrivateKey ingress-identity-key < ingress-identity",
        ]);
    });

    it("is reached over an internal load balancer with a security group, by API Gateway only", async () => {
        const resources = await deploy();
        expect(named(resources, "ingress", "aws:lb/loadBalancer:LoadBalancer").inputs).to.deep.include({
            loadBalancerType: "network",
            internal: true,
            securityGroups: ["ingress-load-balancer_id"],
        });
        expect(named(resources, "ingress", "aws:lb/listener:Listener").inputs).to.deep.include({
            port: 443,
            protocol: "TCP",
        });
        expect(named(resources, "ingress-from-gateway-in").inputs).to.deep.include({
            securityGroupId: "ingress-load-balancer_id",
            referencedSecurityGroupId: "sg-vpc-link",
            fromPort: 443,
            toPort: 443,
        });
        expect(named(resources, "ingress-from-load-balancer-in").inputs).to.deep.include({
            securityGroupId: "ingress-tasks_id",
            referencedSecurityGroupId: "ingress-load-balancer_id",
            fromPort: 15443,
            toPort: 15443,
        });
    });

    it("trusts API Gateway's certificate, and shows its own mesh certificate unless it is given another", async () => {
        const own = named(await deploy(), "ingress", "aws:ecs/taskDefinition:TaskDefinition").inputs;
        expect(containersOf(own.containerDefinitions).get("envoy")?.secrets).to.deep.equal([
            { name: "GATEWAY_CERTIFICATE", valueFrom: "/shop-test/mesh/ingress/certificate" },
            { name: "GATEWAY_PRIVATE_KEY", valueFrom: "/shop-test/mesh/ingress/private-key" },
            { name: "GATEWAY_TRUST", valueFrom: "/shop-test/mesh/ingress/gateway-trust" },
            { name: "MESH_CERTIFICATE", valueFrom: "/shop-test/mesh/ingress/certificate" },
            { name: "MESH_PRIVATE_KEY", valueFrom: "/shop-test/mesh/ingress/private-key" },
            { name: "MESH_TRUST", valueFrom: "/shop-test/mesh/trust/certificates" },
        ]);
        const given = await deploy({
            serverCertificate: {
                serverName: "ingress.shop.example",
                certificateParameter: "/shop/ingress/certificate",
                privateKeyParameter: "/shop/ingress/key",
            },
        });
        const task = named(given, "ingress", "aws:ecs/taskDefinition:TaskDefinition").inputs;
        expect(containersOf(task.containerDefinitions).get("envoy")?.secrets).to.deep.include.members([
            { name: "GATEWAY_CERTIFICATE", valueFrom: "/shop/ingress/certificate" },
            { name: "GATEWAY_PRIVATE_KEY", valueFrom: "/shop/ingress/key" },
        ]);
        expect(named(given, "ingress", "shop:mesh:MeshIngress").outputs).to.deep.include({
            serverName: "ingress.shop.example",
            verifyServerCertificate: true,
        });
    });

    it("gives each task its share of every user's limit", async () => {
        const resources = await deploy({ tasks: 4 });
        const task = named(resources, "ingress", "aws:ecs/taskDefinition:TaskDefinition").inputs;
        const bootstrap = containersOf(task.containerDefinitions).get("envoy")?.environment[0]?.value ?? "";
        expect(bootstrap).to.contain("{max_tokens: 25, tokens_per_fill: 1, fill_interval: 0.240s}");
    });

    it("refuses more users than their buckets have memory for", async () => {
        const refusal = async (rateLimit: { users: number }): Promise<string> =>
            deploy({ rateLimit }).then(
                () => "",
                (error: unknown) => (error instanceof Error ? error.message : String(error)),
            );
        expect(await refusal({ users: 300_000 })).to.equal("");
        expect(await refusal({ users: 400_000 })).to.contain(
            'MeshIngress "ingress": rateLimit.users is 400000; use at least 1,000, and at most 367,000 with 896 MiB of memory.',
        );
    });

    it("reports every bad argument at once, before any child exists", async () => {
        const { message, resources } = await refusal((attempt) => {
            const mesh = createMesh({ ingress: [] });
            const bad: MeshIngressArgs = {
                mesh,
                gateway,
                tasks: 40,
                size: { cpu: 1, memory: 1 },
                rateLimit: { requestsPerMinute: 2000, burst: 0, users: 1 },
            };
            attempt(() => new MeshIngress("ingress", bad));
        });
        expect(message).to.equal(
            [
                'MeshIngress "ingress": 6 issues',
                "  - size.cpu is 1; use one of 256, 512, 1024, 2048, 4096, 8192, 16384 CPU units",
                "  - tasks is 40; use 1 to 30 tasks",
                "  - rateLimit.requestsPerMinute is 2000; use 1 to 1000 a minute (ADR-003: 1000)",
                "  - rateLimit.burst is 0; use 40 (one for each task) to 100 requests",
                "  - rateLimit.users is 1; use at least 1,000 users",
                "  - mesh.ingress is 0; use at least one route from a public API to a service",
            ].join("\n"),
        );
        expect(resources.filter(({ parent }) => parent === "ingress")).to.deep.equal([]);
    });
});
