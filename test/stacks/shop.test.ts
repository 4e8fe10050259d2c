import { expect } from "chai";
import { named, type RecordedResource } from "../support/mocks";
import { apis, serviceNames, services } from "../../stacks/catalogue";
import { deploy, settingsOf } from "./deployShop";

describe("The shop", () => {
    it("has ADR-003's eight services", () => {
        expect(serviceNames).to.deep.equal([
            "user-service",
            "product-service",
            "order-service",
            "payment-service",
            "inventory-service",
            "notification-service",
            "analytics-service",
            "search-service",
        ]);
    });

    it("has ADR-003's five external APIs, each in front of its service", () => {
        expect(Object.entries(apis).map(([name, { service }]) => [name, service])).to.deep.equal([
            ["users", "user-service"],
            ["products", "product-service"],
            ["orders", "order-service"],
            ["payments", "payment-service"],
            ["search", "search-service"],
        ]);
    });

    it("balances by round robin and by least requests", () => {
        const policies = new Set(
            Object.values(services).map((service) =>
                "loadBalancing" in service ? service.loadBalancing : "ROUND_ROBIN",
            ),
        );
        expect([...policies].sort()).to.deep.equal(["LEAST_REQUEST", "ROUND_ROBIN"]);
    });

    it("deploys every service and the ingress as an ECS service of its own", async () => {
        const resources = await deploy(settingsOf("dev"));
        const names = resources
            .filter(({ type }) => type === "aws:ecs/service:Service")
            .map(({ name }) => name);
        expect(names.sort()).to.deep.equal([...serviceNames, "ingress"].sort());
    });

    it("gives each service an execution role of its own", async () => {
        const resources = await deploy(settingsOf("dev"));
        const tasks = resources.filter(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition");
        const roles = tasks.map(({ inputs }) => String(inputs.executionRoleArn));
        expect(new Set(roles).size).to.equal(serviceNames.length + 1);
    });

    it("protects in prod what must not be lost, and nothing in dev", async () => {
        const kept = (resources: readonly RecordedResource[]): string[] =>
            [...new Set(resources.filter(({ protect }) => protect).map(({ type }) => type))].sort();
        expect(kept(await deploy(settingsOf("prod")))).to.deep.equal([
            "aws:apigateway/apiKey:ApiKey",
            "aws:apigateway/clientCertificate:ClientCertificate",
            "aws:apigateway/domainName:DomainName",
            "aws:apigateway/restApi:RestApi",
            "aws:cognito/userPool:UserPool",
            "aws:kms/key:Key",
            "aws:route53/zone:Zone",
            "tls:index/privateKey:PrivateKey",
            "tls:index/selfSignedCert:SelfSignedCert",
        ]);
        expect(kept(await deploy(settingsOf("dev")))).to.deep.equal([]);
    });

    it("takes an existing VPC, hosted zone, certificate, cluster and permission boundary", async () => {
        const resources = await deploy(
            settingsOf("dev", {
                hostedZoneId: "Z0123456789ABC",
                certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/own",
                existing: {
                    vpc: {
                        id: "vpc-0123456789abcdef0",
                        privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                        endpointSecurityGroupId: "sg-0123456789abcdef0",
                        s3PrefixListId: "pl-0123456789abcdef0",
                    },
                    clusterArn: "arn:aws:ecs:eu-central-1:123456789012:cluster/own",
                    permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
                },
            }),
        );
        const types = new Set(resources.map(({ type }) => type));
        for (const made of [
            "awsx:ec2:Vpc",
            "aws:ecs/cluster:Cluster",
            "aws:route53/zone:Zone",
            "aws:acm/certificate:Certificate",
        ]) {
            expect(types.has(made), made).to.equal(false);
        }
        const roles = resources.filter(({ type }) => type === "aws:iam/role:Role");
        expect(new Set(roles.map(({ inputs }) => inputs.permissionsBoundary))).to.deep.equal(
            new Set(["arn:aws:iam::123456789012:policy/boundary"]),
        );
        expect(named(resources, "order-service", "aws:ecs/service:Service").inputs.cluster).to.equal(
            "arn:aws:ecs:eu-central-1:123456789012:cluster/own",
        );
    });
});
