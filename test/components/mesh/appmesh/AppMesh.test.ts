import { expect } from "chai";
import { agentEntrypoint } from "../../../../components/mesh/appmesh/entrypoint";
import { MeshedService } from "../../../../components/mesh/MeshedService";
import { MeshIngress } from "../../../../components/mesh/MeshIngress";
import { identities, named, record, type RecordedResource } from "../../../support/mocks";
import { cartImage, containersOf, createMesh } from "../support";
import { image, onAppMesh } from "./onAppMesh";

const gateway = { clientCertificatePem: "-----BEGIN CERTIFICATE-----", securityGroupId: "sg-vpc-link" };

function deploy(): Promise<readonly RecordedResource[]> {
    return record(() => {
        const mesh = createMesh(onAppMesh);
        new MeshedService("cart", { mesh, image: cartImage, port: 8080 });
        new MeshIngress("ingress", { mesh, gateway });
    });
}

function proxyOf(resources: readonly RecordedResource[], member: string): Readonly<Record<string, unknown>> {
    const { inputs } = named(resources, member, "aws:ecs/taskDefinition:TaskDefinition");
    return containersOf(inputs.containerDefinitions).get("envoy")!;
}

describe("The data plane of App Mesh", () => {
    it("makes exactly these resources for the mesh; renaming one needs an alias", async () => {
        const resources = await deploy();
        const own = resources.filter(({ type }) => /:appmesh\/|AppMesh$/.test(type));
        expect(identities(own)).to.deep.equal([
            "aws:appmesh/gatewayRoute:GatewayRoute mesh-appmesh-ingress-carts < mesh-appmesh",
            "aws:appmesh/gatewayRoute:GatewayRoute mesh-appmesh-ingress-v1-carts < mesh-appmesh",
            "aws:appmesh/mesh:Mesh mesh-appmesh < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-cart-get < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-cart-head < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-cart-rest < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-get < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-get_if_x-tester_is_yes_20please < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-head < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-head_if_x-tester_is_yes_20please < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-post_at_.quotes. < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-post_at_.quotes._if_x-tester_is_yes_20please < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-rest < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-rest_if_x-tester_is_yes_20please < mesh-appmesh",
            "aws:appmesh/virtualGateway:VirtualGateway mesh-appmesh-ingress < mesh-appmesh",
            "aws:appmesh/virtualNode:VirtualNode mesh-appmesh-cart < mesh-appmesh",
            "aws:appmesh/virtualNode:VirtualNode mesh-appmesh-stock < mesh-appmesh",
            "aws:appmesh/virtualNode:VirtualNode mesh-appmesh-stock-canary < mesh-appmesh",
            "aws:appmesh/virtualRouter:VirtualRouter mesh-appmesh-cart < mesh-appmesh",
            "aws:appmesh/virtualRouter:VirtualRouter mesh-appmesh-stock < mesh-appmesh",
            "aws:appmesh/virtualService:VirtualService mesh-appmesh-cart < mesh-appmesh",
            "aws:appmesh/virtualService:VirtualService mesh-appmesh-stock < mesh-appmesh",
            "shop:mesh:AppMesh mesh-appmesh < mesh",
        ]);
    });

    it("makes a mesh that lets nothing out but to declared backends", async () => {
        const { inputs } = named(await deploy(), "mesh-appmesh", "aws:appmesh/mesh:Mesh");
        expect(inputs).to.deep.equal({ name: "shop-test", spec: { egressFilter: { type: "DROP_ALL" } } });
    });

    it("puts App Mesh's own proxy beside the application, which everything passes through", async () => {
        const resources = await deploy();
        const task = named(resources, "cart", "aws:ecs/taskDefinition:TaskDefinition");
        expect(task.inputs.proxyConfiguration).to.deep.equal({
            type: "APPMESH",
            containerName: "envoy",
            properties: {
                AppPorts: "8080",
                EgressIgnoredIPs: "169.254.170.2,169.254.169.254",
                EgressIgnoredPorts: "443",
                IgnoredUID: "1337",
                ProxyEgressPort: "15001",
                ProxyIngressPort: "15000",
            },
        });
        const { command, healthCheck, ...envoy } = proxyOf(resources, "cart");
        expect(command).to.deep.equal([agentEntrypoint(21, "service")]);
        expect(healthCheck).to.have.property("interval", 10);
        expect(envoy).to.deep.equal({
            name: "envoy",
            image,
            essential: true,
            user: "1337",
            readonlyRootFilesystem: true,
            linuxParameters: { capabilities: { drop: ["ALL"] } },
            logConfiguration: {
                logDriver: "awslogs",
                options: {
                    "awslogs-group": "/shop-test/mesh/cart",
                    "awslogs-region": "eu-central-1",
                    "awslogs-stream-prefix": "envoy",
                    mode: "non-blocking",
                    "max-buffer-size": "4m",
                },
            },
            memory: 160,
            entryPoint: ["/bin/bash", "-c"],
            environment: [
                { name: "APPMESH_RESOURCE_ARN", value: "mesh/shop-test/virtualNode/cart" },
                { name: "ENVOY_ADMIN_ACCESS_LOG_FILE", value: "/dev/null" },
                { name: "ENVOY_CONCURRENCY", value: "1" },
                { name: "ENVOY_LOG_LEVEL", value: "warn" },
                { name: "LISTENER_DRAIN_WAIT_TIME_S", value: "5" },
                { name: "TMPDIR", value: "/dev/shm" },
            ],
            secrets: [
                { name: "MESH_CERTIFICATE", valueFrom: "/shop-test/mesh/cart/certificate" },
                { name: "MESH_PRIVATE_KEY", valueFrom: "/shop-test/mesh/cart/private-key" },
                { name: "MESH_TRUST", valueFrom: "/shop-test/mesh/trust/certificates" },
            ],
            stopTimeout: 120,
            ulimits: [{ name: "nofile", softLimit: 65_536, hardLimit: 65_536 }],
            dependsOn: [{ containerName: "application", condition: "START" }],
        });
    });

    it("tells the application its callees by their names in the mesh", async () => {
        const { inputs } = named(await deploy(), "cart", "aws:ecs/taskDefinition:TaskDefinition");
        expect(containersOf(inputs.containerDefinitions).get("application")?.environment).to.deep.equal([
            { name: "STOCK_URL", value: "http://stock.shop.internal:8080" },
        ]);
    });

    it("takes the gateway's requests at a virtual gateway, which intercepts nothing", async () => {
        const resources = await deploy();
        const task = named(resources, "ingress", "aws:ecs/taskDefinition:TaskDefinition");
        expect(task.inputs).not.to.have.property("proxyConfiguration");
        const { environment, portMappings, secrets } = proxyOf(resources, "ingress");
        expect(environment).to.deep.include({
            name: "APPMESH_RESOURCE_ARN",
            value: "mesh/shop-test/virtualGateway/ingress",
        });
        expect(portMappings).to.deep.equal([{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }]);
        expect((secrets as { name: string }[]).map(({ name }) => name)).to.deep.equal([
            "GATEWAY_CERTIFICATE",
            "GATEWAY_PRIVATE_KEY",
            "GATEWAY_TRUST",
            "MESH_CERTIFICATE",
            "MESH_PRIVATE_KEY",
            "MESH_TRUST",
        ]);
        expect(named(resources, "ingress", "shop:mesh:MeshIngress").outputs).not.to.have.property(
            "rateLimit",
        );
    });

    it("lets a task's role fetch its own proxy's configuration, and nothing else", async () => {
        const resources = await deploy();
        const statements = ["cart", "ingress"].map((member) => {
            const { inputs } = named(resources, `${member}-task-policy`);
            return (JSON.parse(String(inputs.policy)) as { Statement: unknown }).Statement;
        });
        const only = (resource: string): unknown => [
            {
                Effect: "Allow",
                Sid: "OwnProxyConfiguration",
                Action: ["appmesh:StreamAggregatedResources"],
                Resource: `arn:aws:appmesh:eu-central-1:123456789012:mesh/shop-test/${resource}`,
            },
        ];
        expect(statements).to.deep.equal([only("virtualNode/cart"), only("virtualGateway/ingress")]);
    });

    it("opens between members the port that App Mesh's proxy intercepts", async () => {
        const resources = await deploy();
        for (const rule of ["mesh-members-in", "mesh-members-out"]) {
            expect(named(resources, rule).inputs).to.deep.include({ fromPort: 8080, toPort: 8080 });
        }
    });

    it("starts no task before its proxy's resources are there", async () => {
        const { dependsOn } = named(await deploy(), "cart", "aws:ecs/taskDefinition:TaskDefinition");
        expect(dependsOn).to.include("mesh-appmesh");
    });
});
