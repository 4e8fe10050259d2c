import { expect } from "chai";
import { MeshedService, type MeshedServiceArgs } from "../../../components/mesh/MeshedService";
import { identities, named, record, refusal, type RecordedResource } from "../../support/mocks";
import { cartImage, collectorImage, containersOf, createMesh, placement, proxyImage } from "./support";

type Args = Omit<MeshedServiceArgs, "mesh">;

async function deploy(name: string, args: Partial<Args> = {}): Promise<readonly RecordedResource[]> {
    return record(
        () => new MeshedService(name, { mesh: createMesh(), image: cartImage, port: 8080, ...args }),
    );
}

async function refused(
    name: string,
    args: Partial<Args>,
): Promise<{ message: string; children: readonly string[] }> {
    const { message, resources } = await refusal((attempt) => {
        const mesh = createMesh();
        attempt(() => new MeshedService(name, { mesh, image: cartImage, port: 8080, ...args }));
    });
    const children = resources.filter(({ parent }) => parent === name).map((child) => child.name);
    return { message, children };
}

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

    it("gives the application its callees' addresses, and no secret in plain text", async () => {
        const resources = await deploy("cart", {
            environment: { LOG_LEVEL: "info" },
            secrets: { DB_PASSWORD: { parameter: "/shop/cart/db" } },
        });
        const task = named(resources, "cart", "aws:ecs/taskDefinition:TaskDefinition").inputs;
        const application = containersOf(task.containerDefinitions).get("application");
        expect(application).to.deep.include({
            image: cartImage,
            user: "65532:65532",
            readonlyRootFilesystem: true,
            environment: [
                { name: "LOG_LEVEL", value: "info" },
                { name: "STOCK_URL", value: "http://127.0.0.1:9002" },
            ],
            secrets: [{ name: "DB_PASSWORD", valueFrom: "/shop/cart/db" }],
        });
    });

    it("has the sidecar start after the application, read its own key by name and drain when it stops", async () => {
        const resources = await deploy("cart");
        const task = named(resources, "cart", "aws:ecs/taskDefinition:TaskDefinition").inputs;
        const envoy = containersOf(task.containerDefinitions).get("envoy");
        expect(envoy).to.deep.include({
            image: proxyImage,
            user: "101",
            readonlyRootFilesystem: true,
            stopTimeout: 120,
            dependsOn: [{ containerName: "application", condition: "START" }],
            secrets: [
                { name: "MESH_CERTIFICATE", valueFrom: "/shop-test/mesh/cart/certificate" },
                { name: "MESH_PRIVATE_KEY", valueFrom: "/shop-test/mesh/cart/private-key" },
                { name: "MESH_TRUST", valueFrom: "/shop-test/mesh/trust/certificates" },
            ],
        });
        expect(String(envoy?.command)).to.contain("POST /healthcheck/fail");
    });

    it("waits for the application's own health command where there is one", async () => {
        const resources = await deploy("cart", { healthCommand: ["CMD", "/app/healthy"] });
        const task = named(resources, "cart", "aws:ecs/taskDefinition:TaskDefinition").inputs;
        const containers = containersOf(task.containerDefinitions);
        expect(containers.get("envoy")?.dependsOn).to.deep.equal([
            { containerName: "application", condition: "HEALTHY" },
        ]);
        expect(containers.get("application")?.healthCheck).to.deep.include({
            command: ["CMD", "/app/healthy"],
        });
    });

    it("lets the execution role read this member's parameters, pull these images and write these logs, no more", async () => {
        const policy = named(await deploy("cart"), "cart-execution-policy").inputs.policy;
        const { Statement } = JSON.parse(String(policy)) as { Statement: readonly Record<string, unknown>[] };
        const parameter = "arn:aws:ssm:eu-central-1:123456789012:parameter/shop-test/mesh";
        expect(Statement).to.deep.equal([
            {
                Effect: "Allow",
                Sid: "OwnParameters",
                Action: ["ssm:GetParameters"],
                Resource: [
                    `${parameter}/cart/certificate`,
                    `${parameter}/cart/private-key`,
                    `${parameter}/trust/certificates`,
                ],
            },
            {
                Effect: "Allow",
                Sid: "DecryptParameters",
                Action: ["kms:Decrypt"],
                Resource: "arn:aws:kms:eu-central-1:123456789012:key/platform",
                Condition: { StringEquals: { "kms:ViaService": "ssm.eu-central-1.amazonaws.com" } },
            },
            {
                Effect: "Allow",
                Sid: "RegistryLogin",
                Action: ["ecr:GetAuthorizationToken"],
                Resource: "*",
                Condition: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } },
            },
            {
                Effect: "Allow",
                Sid: "PullImages",
                Action: [
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer",
                ],
                Resource: [
                    "arn:aws:ecr:eu-central-1:123456789012:repository/cart",
                    "arn:aws:ecr:eu-central-1:123456789012:repository/envoy",
                ],
            },
            {
                Effect: "Allow",
                Sid: "WriteLogs",
                Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                Resource: "arn:aws:mock:::cart-logs:*",
            },
        ]);
    });

    it("adds what the application may do in AWS to the task role, and the permission boundary to both", async () => {
        const resources = await record(() => {
            const mesh = createMesh({
                placement: { ...placement, permissionsBoundaryArn: "arn:aws:iam::1:policy/b" },
            });
            const statement = { Action: ["s3:GetObject"], Resource: "arn:aws:s3:::carts/x" };
            return new MeshedService("cart", {
                mesh,
                image: cartImage,
                port: 8080,
                taskRoleStatements: [statement],
            });
        });
        expect(JSON.parse(String(named(resources, "cart-task-policy").inputs.policy))).to.deep.equal({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::carts/x" }],
        });
        for (const role of ["cart-task", "cart-execution"]) {
            expect(named(resources, role).inputs.permissionsBoundary).to.equal("arn:aws:iam::1:policy/b");
        }
    });

    it("keeps the container definitions known at the first preview", async () => {
        const resources = await record(
            () => new MeshedService("cart", { mesh: createMesh(), image: cartImage, port: 8080 }),
            { preview: true },
        );
        const task = named(resources, "cart", "aws:ecs/taskDefinition:TaskDefinition").inputs;
        expect([...containersOf(task.containerDefinitions).keys()]).to.deep.equal(["application", "envoy"]);
    });

    it("has a collector beside its proxy where the mesh has telemetry, which the task can do without", async () => {
        const resources = await record(
            () =>
                new MeshedService("cart", {
                    mesh: createMesh({ telemetry: { image: collectorImage } }),
                    image: cartImage,
                    port: 8080,
                }),
        );
        const task = named(resources, "cart", "aws:ecs/taskDefinition:TaskDefinition").inputs;
        const containers = containersOf(task.containerDefinitions);
        expect([...containers.keys()]).to.deep.equal(["application", "envoy", "collector"]);
        expect(containers.get("collector")).to.deep.include({
            image: collectorImage,
            essential: false,
            user: "65532:65532",
            readonlyRootFilesystem: true,
            linuxParameters: { capabilities: { drop: ["ALL"] } },
            memory: 96,
        });
        expect(containers.get("collector")?.healthCheck).to.deep.include({
            command: ["CMD", "/healthcheck"],
        });
        expect(containers.get("envoy")?.dependsOn).to.deep.equal([
            { containerName: "application", condition: "START" },
            { containerName: "collector", condition: "START" },
        ]);
        expect(JSON.parse(String(named(resources, "cart-task-policy").inputs.policy))).to.deep.equal({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Sid: "SendTraces",
                    Action: ["xray:PutTraceSegments"],
                    Resource: "*",
                    Condition: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } },
                },
            ],
        });
        expect(String(named(resources, "cart-execution-policy").inputs.policy)).to.contain(
            "repository/aws-otel-collector",
        );
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

    it("reports every bad argument at once, before any child exists", async () => {
        const { message, children } = await refused("cart", {
            image: "cart:latest",
            port: 15443,
            size: { cpu: 256, memory: 100 },
            desiredCount: 0,
            scaling: { maximum: 31, cpuPercent: 100 },
            user: "0",
            stopTimeoutSeconds: 121,
            environment: { TOKEN: "x" },
            secrets: { TOKEN: { parameter: "token" } },
        });
        expect(message).to.equal(
            [
                'MeshedService "cart": 10 issues',
                "  - size.memory is 100; use 512 to 2048 MiB in steps of 512 except 1536 for 256 CPU units",
                '  - image is "cart:latest"; use an image by digest ("…@sha256:<64 hex digits>") or by an exact tag ("…:1.4.2"), not a tag that moves',
                "  - port is 15443; use a whole number from 1024 to 65535 other than 4317, 9901, 13133, 15443",
                "  - desiredCount is 0; use 1 to 30 tasks",
                "  - scaling.maximum is 31; use 0 (desiredCount) to 30 tasks",
                "  - scaling.cpuPercent is 100; use 10 to 90 percent",
                '  - user is "0"; use a numeric user other than root, such as "65532:65532"',
                "  - stopTimeoutSeconds is 121; use 1 to 120 seconds",
                '  - environment.TOKEN is "TOKEN"; use either environment or secrets',
                '  - secrets.TOKEN is "token"; use a parameter\'s full name, such as "/shop/db/password"',
            ].join("\n"),
        );
        expect(children).to.deep.equal([]);
    });

    it("refuses a service that the mesh does not have", async () => {
        const { message, children } = await refused("basket", {});
        expect(message).to.equal(
            'MeshedService "basket": name is "basket"; use one of the mesh\'s services: cart, stock.',
        );
        expect(children).to.deep.equal([]);
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

    it("refuses a port on which a callee is reached", async () => {
        const { message } = await refused("cart", { port: 9002 });
        expect(message).to.equal(
            'MeshedService "cart": port is 9002; use a port other than 9002, on which stock is reached.',
        );
    });

    it("refuses a variable by which it tells where a callee is, with everything else that is wrong", async () => {
        const { message, children } = await refused("cart", {
            port: 9002,
            image: "cart",
            environment: { STOCK_URL: "http://stock" },
            secrets: { STOCK_URL: { parameter: "/stock/url" } },
        });
        const wantName = "use another name: the mesh sets it to the address of stock";
        expect(message.split("\n  - ").slice(2)).to.deep.equal([
            'environment.STOCK_URL is "STOCK_URL"; use either environment or secrets',
            "port is 9002; use a port other than 9002, on which stock is reached",
            `environment.STOCK_URL is "STOCK_URL"; ${wantName}`,
            `secrets.STOCK_URL is "STOCK_URL"; ${wantName}`,
        ]);
        expect(children).to.deep.equal([]);
    });

    it("refuses a gRPC service whose application nobody can ask for its health", async () => {
        let message = "";
        await record(() => {
            const mesh = createMesh({
                services: { cart: { localPort: 9001, protocol: "grpc" } },
                ingress: [],
            });
            try {
                new MeshedService("cart", { mesh, image: cartImage, port: 8080 });
            } catch (error) {
                message = error instanceof Error ? error.message : String(error);
            }
        });
        expect(message).to.equal(
            'MeshedService "cart": healthCommand is missing; use a command that asks the application over grpc, such as ["CMD", "/bin/grpc_health_probe", "-addr=:8080"].',
        );
    });

    it("refuses a task definition that ECS would refuse for its size", async () => {
        const { message, children } = await refused("cart", { environment: { LARGE: "x".repeat(60_000) } });
        expect(message).to.match(
            /^MeshedService "cart": containerDefinitions is "\d+ KiB"; use at most 56 KiB: call fewer services, or move/,
        );
        expect(children).to.deep.equal([]);
    });
});
