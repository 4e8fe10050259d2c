import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { agentEntrypoint } from "../../../../components/mesh/appmesh/entrypoint";
import { MeshedService } from "../../../../components/mesh/MeshedService";
import { MeshIngress } from "../../../../components/mesh/MeshIngress";
import type { ServiceMeshArgs } from "../../../../components/mesh/ServiceMesh";
import type { Capability } from "../../../../components/model/capabilities";
import { identities, named, record, refusal, type RecordedResource } from "../../../support/mocks";
import { cartImage, collectorImage, containersOf, createMesh } from "../support";
import { definition } from "./meshes";

const image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/aws-appmesh-envoy:v1.29.12.1-prod";
const givesUp: readonly Capability[] = [
    "tls13",
    "steeringHeaders",
    "evenEjections",
    "allInstancesOut",
    "failurePercentage",
    "idleHealthChecks",
    "retryBudget",
    "logPaths",
    "calleeAtIngress",
    "userLimit",
    "ingressGuards",
    "browserAnswers",
];
const onAppMesh: Partial<ServiceMeshArgs> = {
    ...definition,
    dataPlane: "appmesh",
    givesUp,
    proxy: { image },
};
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
            "aws:appmesh/route:Route mesh-appmesh-stock-get-if-x-tester-is-yes-please < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-head < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-head-if-x-tester-is-yes-please < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-post-quotes < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-post-quotes-if-x-tester-is-yes-please < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-rest < mesh-appmesh",
            "aws:appmesh/route:Route mesh-appmesh-stock-rest-if-x-tester-is-yes-please < mesh-appmesh",
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

    it("names every argument that it cannot hold, all at once, before any child exists", async () => {
        const { message, resources } = await refusal((attempt) => {
            attempt(() =>
                createMesh({
                    dataPlane: "appmesh",
                    services: {
                        cart: { localPort: 9001, calls: ["stock"], loadBalancing: "LEAST_REQUEST" },
                        stock: {
                            localPort: 9002,
                            accepts: { cart: [{ methods: ["GET"] }] },
                            limits: { maxRequests: 5 },
                            versions: { stable: { weight: 100 }, shadow: { weight: 0 } },
                            mirrors: [{ version: "shadow", percent: 5 }],
                        },
                    },
                    telemetry: { image: collectorImage },
                }),
            );
        });
        const lines = message.split("\n").map((line) => line.replace(/^ {2}- /, ""));
        expect(lines).to.deep.equal([
            'ServiceMesh "mesh": 20 issues',
            'givesUp is []; use a list with "tls13", to do without: data plane "appmesh" lets its proxies agree on TLS 1.2 too, and takes no version',
            'services.stock.accepts is {"cart":[{"methods":["GET"]}]}; use another value, or "acceptedRequests" in givesUp: data plane "appmesh" knows callers by certificate only, not by what they ask for',
            'services.cart.propagatesIdentity is false; use another value, or "identityHeaders" in givesUp: data plane "appmesh" neither removes headers nor matches a caller\'s certificate: who may call is believed',
            'givesUp is []; use a list with "steeringHeaders", to do without: data plane "appmesh" has no field that removes headers of Envoy\'s own',
            'services.cart.loadBalancing is "LEAST_REQUEST"; use another value, or "leastRequest" in givesUp: data plane "appmesh" balances by round robin',
            'givesUp is []; use a list with "evenEjections", to do without: data plane "appmesh" keeps an instance out for longer each time, up to 300 s',
            'givesUp is []; use a list with "allInstancesOut", to do without: data plane "appmesh" sends requests to instances that are out when half of them are',
            'givesUp is []; use a list with "failurePercentage", to do without: data plane "appmesh" opens its breaker after failures in a row only',
            'givesUp is []; use a list with "idleHealthChecks", to do without: data plane "appmesh" takes no interval for callees without traffic',
            'services.stock.limits is {"maxConnections":1024,"maxPendingRequests":256,"maxRequests":5}; use another value, or "callerLimits" in givesUp: data plane "appmesh" bounds what reaches an application from all callers together',
            'givesUp is []; use a list with "retryBudget", to do without: data plane "appmesh" repeats without a budget',
            'services.stock.mirrors is [{"version":"shadow","percent":5}]; use another value, or "mirrors" in givesUp: data plane "appmesh" copies no requests',
            'givesUp is []; use a list with "logPaths", to do without: data plane "appmesh" ended with an Envoy that cannot write a path without its query string',
            'telemetry is "a collector"; use another value, or "telemetry" in givesUp: data plane "appmesh" sends neither OpenTelemetry traces nor its statistics',
            'givesUp is []; use a list with "calleeAtIngress", to do without: data plane "appmesh" has one list of names for all that its virtual gateway reaches',
            'givesUp is []; use a list with "userLimit", to do without: data plane "appmesh" counts no requests',
            'givesUp is []; use a list with "ingressGuards", to do without: data plane "appmesh" has no filters at its virtual gateway',
            'givesUp is []; use a list with "browserAnswers", to do without: data plane "appmesh" adds no headers to answers',
            'proxy.image is "123456789012.dkr.ecr.eu-central-1.amazonaws.com/envoy:v1.40.0"; use AWS\'s Envoy for App Mesh, such as "…/aws-appmesh-envoy:v1.29.12.1-prod", with data plane "appmesh"',
            'ingress[0].stages is missing; use the names of the API\'s stages: data plane "appmesh" has no pattern for them',
        ]);
        expect(resources.map(({ name }) => name)).to.deep.equal(["mesh"]);
    });

    it("refuses a limiter, which nobody would ask", async () => {
        const { message } = await refusal((attempt) => {
            attempt(() =>
                createMesh({ ...onAppMesh, userLimiter: true, givesUp: [...givesUp, "leastRequest"] }),
            );
        });
        expect(message).to.equal(
            'ServiceMesh "mesh": userLimiter is true; use false: the virtual gateway of data plane "appmesh" asks no limiter.',
        );
    });

    it("has no phases of the migration before the last", async () => {
        const { message } = await refusal((attempt) => {
            attempt(() => createMesh({ ...onAppMesh, migration: { phase: 2, applicationPort: 8080 } }));
        });
        expect(message).to.contain('migration.phase is 2; use 3: data plane "appmesh" intercepts the port');
    });

    it("refuses an application that the interception would not catch", async () => {
        const { message } = await refusal((attempt) => {
            const mesh = createMesh(onAppMesh);
            attempt(() => new MeshedService("cart", { mesh, image: cartImage, port: 9000, user: "1337" }));
        });
        expect(message).to.contain('port is 9000; use 8080: with data plane "appmesh" every application');
        expect(message).to.contain('user is "1337"; use another user and group than 1337');
    });

    it("tells the proxies, and registers, only what is left after what was given up", async () => {
        const services = {
            cart: { localPort: 9001, calls: ["stock"], loadBalancing: "LEAST_REQUEST" as const },
            stock: { localPort: 9002, accepts: { cart: [{ methods: ["GET" as const] }] } },
        };
        const more: readonly Capability[] = ["acceptedRequests", "identityHeaders", "leastRequest"];
        const resources = await record(() =>
            createMesh({ ...onAppMesh, services, givesUp: [...givesUp, ...more] }),
        );
        expect(named(resources, "mesh", "shop:mesh:ServiceMesh").outputs).to.deep.include({
            dataPlane: "appmesh",
            givesUp: [...givesUp, ...more],
            accepts: {},
        });
    });

    it("is not asked to give up what nobody asks for, nor is Envoy anything", async () => {
        const { message } = await refusal((attempt) => {
            attempt(() => createMesh({ ...onAppMesh, givesUp: [...givesUp, "mirrors"] }));
        });
        expect(message).to.contain('ServiceMesh "mesh": givesUp[12] is "mirrors"; use one of tls13,');
        const { message: ofEnvoy } = await refusal((attempt) => {
            attempt(() => createMesh({ givesUp: ["retryBudget"] }));
        });
        expect(ofEnvoy).to.equal(
            'ServiceMesh "mesh": givesUp[0] is "retryBudget"; use nothing here: data plane "envoy" holds everything that this mesh asks for.',
        );
    });

    it("writes certificates for the proxy's user alone, and tells the agent nothing of them", () => {
        const folder = mkdtempSync(join(tmpdir(), "agent-"));
        const started = join(folder, "environment");
        const script = agentEntrypoint(12, "service")
            .replaceAll("/dev/shm/mesh", join(folder, "mesh"))
            .replace("/usr/bin/agent &", `env > ${started} &`);
        const env = {
            PATH: process.env.PATH,
            MESH_CERTIFICATE: "cert",
            MESH_PRIVATE_KEY: "key",
            MESH_TRUST: "trust",
        };
        try {
            execFileSync("bash", ["--norc", "-c", script], { env });
            const read = (file: string): string => readFileSync(join(folder, "mesh", file), "utf8");
            expect(read("certificate.pem")).to.equal("cert\n");
            expect(read("private-key.pem")).to.equal("key\n");
            expect(read("trust.pem")).to.equal("trust\n");
            expect(statSync(join(folder, "mesh", "private-key.pem")).mode & 0o777).to.equal(0o600);
            expect(readFileSync(started, "utf8")).not.to.match(/MESH_|key/);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
});
