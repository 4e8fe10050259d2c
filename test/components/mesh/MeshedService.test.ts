import { expect } from "chai";
import { MeshedService } from "../../../components/mesh/MeshedService";
import { identities, named, record, type RecordedResource } from "../../support/mocks";
import { deploy } from "./deployService";
import { cartImage, collectorImage, createMesh } from "./support";

describe("MeshedService", () => {
    it("makes exactly these resources; renaming one needs an alias", async () => {
        const resources = await deploy("cart");
        expect(identities(resources.filter(({ name }) => name.startsWith("cart")))).to.deep.equal([
            "aws:cloudwatch/logGroup:LogGroup cart-logs < cart",
            "aws:ecs/service:Service cart < cart",
            "aws:ecs/taskDefinition:TaskDefinition cart < cart",
            "aws:iam/role:Role cart-execution < cart",
            "aws:iam/role:Role cart-task < cart",
            "aws:iam/rolePolicy:RolePolicy cart-execution-policy < cart",
            "aws:servicediscovery/service:Service cart < cart",
            "aws:ssm/parameter:Parameter cart-identity-certificate < cart-identity",
            "aws:ssm/parameter:Parameter cart-identity-private-key < cart-identity",
            "shop:mesh:MemberIdentity cart-identity < cart",
            "shop:mesh:MemberTask cart < cart",
            "shop:mesh:MeshedService cart",
            "tls:index/certRequest:CertRequest cart-identity-request < cart-identity",
            "tls:index/locallySignedCert:LocallySignedCert cart-identity < cart-identity",
            "tls:index/privateKey:PrivateKey cart-identity-key < cart-identity",
        ]);
    });

    it("has its certificate signed by an AWS Private CA where the mesh names one: no authority's key is in the state", async () => {
        const privateCaArn =
            "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b2c3d-0000-4000-8000-0123456789ab";
        const resources = await record(
            () => {
                const mesh = createMesh({ certificateAuthority: { privateCaArn } });
                return new MeshedService("cart", { mesh, image: cartImage, port: 8080 });
            },
            {
                calls: {
                    "aws:acmpca/getCertificateAuthority:getCertificateAuthority": { certificate: "CA" },
                },
                computed: (type) =>
                    type.startsWith("tls:")
                        ? { validityEndTime: "2031-01-31T00:00:00Z", certRequestPem: "REQUEST" }
                        : {},
            },
        );
        const certificate = named(resources, "cart-identity", "aws:acmpca/certificate:Certificate");
        expect(certificate.inputs).to.deep.equal({
            certificateAuthorityArn: privateCaArn,
            certificateSigningRequest: "REQUEST",
            signingAlgorithm: "SHA256WITHECDSA",
            templateArn: "arn:aws:acm-pca:::template/EndEntityCertificate/V1",
            validity: { type: "END_DATE", value: "2031-01-31T00:00:00Z" },
        });
        expect(certificate.propertyDependencies.validity).to.include("cart-identity-term");
        expect(named(resources, "cart-identity-term").inputs).to.deep.include({
            validityPeriodHours: 720,
            earlyRenewalHours: 360,
        });
        const keys = resources.filter(({ type }) => type === "tls:index/privateKey:PrivateKey");
        expect(keys.map(({ name }) => name)).to.deep.equal(["cart-identity-key"]);
        expect(named(resources, "mesh-authority-trust").inputs.value).to.equal("CA");
    });

    it("gets no certificate before the trusted authorities are written down", async () => {
        const resources = await deploy("cart");
        for (const child of ["cart-identity-key", "cart-identity-request"]) {
            expect(named(resources, child).dependsOn, child).to.include("mesh-authority-trust");
        }
    });

    it("runs without a public address, behind the members' security group, and rolls failures back", async () => {
        const service = named(await deploy("cart"), "cart", "aws:ecs/service:Service").inputs;
        expect(service.networkConfiguration).to.deep.equal({
            subnets: ["subnet-1", "subnet-2"],
            securityGroups: ["mesh-members_id"],
            assignPublicIp: false,
        });
        expect(service).to.deep.include({
            deploymentCircuitBreaker: { enable: true, rollback: true },
            deploymentMinimumHealthyPercent: 100,
            deploymentMaximumPercent: 200,
            availabilityZoneRebalancing: "ENABLED",
        });
        expect(service.enableExecuteCommand).to.equal(false);
        expect(service).not.to.have.property("loadBalancers");
    });

    it("scales with CPU and with the requests that its proxies count, and leaves the number of tasks to that", async () => {
        const resources = await record(
            () =>
                new MeshedService("cart", {
                    mesh: createMesh({
                        telemetry: { image: collectorImage },
                        clusterArn: "arn:aws:ecs:eu-central-1:123456789012:cluster/own",
                    }),
                    image: cartImage,
                    port: 8080,
                    scaling: { maximum: 10, requestsPerMinute: 900 },
                }),
        );
        const service = {
            serviceNamespace: "ecs",
            scalableDimension: "ecs:service:DesiredCount",
            resourceId: "service/own/cart",
        };
        expect(named(resources, "cart-scaling").inputs).to.deep.equal({
            ...service,
            minCapacity: 2,
            maxCapacity: 10,
        });
        const cooldowns = { scaleOutCooldown: 60, scaleInCooldown: 300 };
        expect(named(resources, "cart-scaling-cpu").inputs).to.deep.equal({
            ...service,
            policyType: "TargetTrackingScaling",
            targetTrackingScalingPolicyConfiguration: {
                targetValue: 60,
                predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
                ...cooldowns,
            },
        });
        expect(named(resources, "cart-scaling-requests").inputs).to.deep.equal({
            ...service,
            policyType: "TargetTrackingScaling",
            targetTrackingScalingPolicyConfiguration: {
                targetValue: 900,
                customizedMetricSpecification: {
                    namespace: "shop-test/mesh",
                    metricName: "requests",
                    statistic: "Average",
                    dimensions: [{ name: "service", value: "cart" }],
                },
                ...cooldowns,
            },
        });
    });

    it("scales with CPU alone where nobody counts requests, and not at all unless asked", async () => {
        const scaled = await deploy("cart", { scaling: { maximum: 4 } });
        const types = (resources: readonly RecordedResource[]): readonly string[] =>
            resources.flatMap(({ name, type }) => (type.startsWith("aws:appautoscaling") ? [name] : []));
        expect(types(scaled)).to.have.members(["cart-scaling", "cart-scaling-cpu"]);
        expect(types(await deploy("cart"))).to.deep.equal([]);
    });

    it("applies a transform to the child that it names", async () => {
        const resources = await deploy("cart", {
            transform: { service: (args) => ({ ...args, desiredCount: 7 }) },
        });
        expect(named(resources, "cart", "aws:ecs/service:Service").inputs.desiredCount).to.equal(7);
    });

    it("registers what policies compare with the deployed text", async () => {
        const service = named(await deploy("cart"), "cart", "shop:mesh:MeshedService");
        expect(service.outputs).to.deep.include({
            service: "cart",
            host: "cart.shop.internal",
            calls: ["stock"],
            callers: ["ingress"],
        });
    });

    it("deploys a version beside the service with a key of its own and the service's identity", async () => {
        const services = {
            cart: { localPort: 9001, versions: { stable: { weight: 100 }, canary: { weight: 0 } } },
        };
        const resources = await record(() => {
            const mesh = createMesh({ services });
            new MeshedService("cart", { mesh, image: cartImage, port: 8080 });
            return new MeshedService("cart-canary", { mesh, image: cartImage, port: 8080, desiredCount: 1 });
        });
        const child = (type: string): RecordedResource => named(resources, "cart-canary", type);
        expect(child("aws:ecs/service:Service").inputs).to.deep.include({
            name: "cart-canary",
            desiredCount: 1,
        });
        expect(child("aws:servicediscovery/service:Service").inputs.name).to.equal("cart-canary");
        expect(child("aws:ecs/taskDefinition:TaskDefinition").inputs.family).to.equal(
            "shop-test-cart-canary",
        );
        expect(named(resources, "cart-canary-identity-request").inputs).to.deep.include({
            uris: ["spiffe://shop.internal/cart"],
            dnsNames: ["cart-canary.shop.internal"],
        });
        expect(named(resources, "cart-canary-identity-private-key").inputs.name).to.equal(
            "/shop-test/mesh/cart-canary/private-key",
        );
        expect(child("shop:mesh:MeshedService").outputs).to.deep.include({
            service: "cart",
            host: "cart-canary.shop.internal",
            callers: ["ingress"],
        });
        expect(named(resources, "mesh", "shop:mesh:ServiceMesh").outputs?.deployments).to.deep.equal({
            cart: "cart",
            "cart-canary": "cart",
        });
    });
});
