import { expect } from "chai";
import { MeshedService } from "../../../components/mesh/MeshedService";
import { named, record } from "../../support/mocks";
import { deploy } from "./deployService";
import { cartImage, collectorImage, containersOf, createMesh, placement, proxyImage } from "./support";

describe("The task of a MeshedService", () => {
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
});
