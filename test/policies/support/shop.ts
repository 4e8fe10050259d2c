import { applicationContainer } from "../../../components/mesh/containers";
import { envoyContainer } from "../../../components/mesh/envoy/envoyContainer";
import { ingressSpec, sidecarSpec } from "../../../components/mesh/envoy/fromMesh";
import { ingressBootstrap } from "../../../components/mesh/envoy/ingress";
import type { JsonObject } from "../../../components/mesh/json";
import { sidecarBootstrap } from "../../../components/mesh/envoy/sidecar";
import { collectorContainer } from "../../../components/mesh/telemetry/collectorContainer";
import { resolveMesh } from "../../../components/model/resolveMesh";
import { unknownText, type TestResource } from "./stack";

const { mesh } = resolveMesh({
    trustDomain: "shop.internal",
    services: {
        "order-service": { localPort: 21001, calls: ["payment-service"], propagatesIdentity: true },
        "payment-service": { localPort: 21002 },
    },
    ingress: [{ api: "orders", service: "order-service" }],
});
export const ingressTasks = 2;
const size = { memory: 160, telemetry: { tracedPercent: 5 } };
const logs = { group: "/shop/mesh/member", region: "eu-central-1" };
const secrets = {
    MESH_CERTIFICATE: "/m/certificate",
    MESH_PRIVATE_KEY: "/m/private-key",
    MESH_TRUST: "/m/trust",
};

/** The bootstraps that the generators make: what the rules must accept. */
export const bootstraps = {
    order: (): JsonObject => sidecarBootstrap(sidecarSpec(mesh, "order-service", 8080, size)),
    payment: (): JsonObject => sidecarBootstrap(sidecarSpec(mesh, "payment-service", 8080, size)),
    ingress: (): JsonObject =>
        ingressBootstrap(
            ingressSpec(mesh, {
                ...size,
                rateLimit: { requestsPerMinute: 1000, burst: 100, tasks: ingressTasks, users: 100_000 },
                allowedOrigins: ["https://shop.example"],
            }),
        ),
};

export function sidecar(bootstrap: JsonObject): JsonObject {
    return envoyContainer({
        image: "envoyproxy/envoy:v1.40.0",
        memory: 160,
        concurrency: 1,
        bootstrap,
        drainSeconds: 30,
        secrets: { ...secrets, GATEWAY_TRUST: "/m/gateway-trust" },
        logs,
    });
}

export function application(): JsonObject {
    return applicationContainer({
        image: "shop/application:1.0.0",
        port: 8080,
        user: "1000",
        environment: {},
        secrets: {},
        stopTimeoutSeconds: 60,
        logs,
    });
}

export function collector(member: string): JsonObject {
    const telemetry = { image: "shop/collector:1.0.0", memory: 96, tracedPercent: 5, namespace: "shop/mesh" };
    return collectorContainer({ member, entrance: "inbound", telemetry, logs });
}

/** A service as the engine shows it at the first preview: every computed value is unknown. */
export function ecsService(
    name: string,
    containers: readonly JsonObject[],
    props: object = {},
): TestResource[] {
    return [
        {
            type: "aws:ecs/taskDefinition:TaskDefinition",
            name: `${name}-task`,
            props: {
                family: `shop-${name}`,
                arn: unknownText,
                revision: unknownText,
                networkMode: "awsvpc",
                containerDefinitions: JSON.stringify(containers),
            },
        },
        {
            type: "aws:ecs/service:Service",
            name,
            props: { name, taskDefinition: unknownText, desiredCount: 2, ...props },
            from: { taskDefinition: [`${name}-task`] },
        },
    ];
}

/** The order service with a bootstrap of the test's own. */
export function orderService(bootstrap: JsonObject): TestResource[] {
    return ecsService("order-service", [application(), sidecar(bootstrap)]);
}

export const behindLoadBalancer = {
    desiredCount: ingressTasks,
    loadBalancers: [{ targetGroupArn: unknownText, containerName: "envoy", containerPort: 15443 }],
};

export function memberServices(): TestResource[] {
    return [
        ...ecsService("order-service", [application(), sidecar(bootstraps.order())]),
        ...ecsService("payment-service", [
            application(),
            sidecar(bootstraps.payment()),
            collector("payment-service"),
        ]),
    ];
}

export function ingressService(bootstrap = bootstraps.ingress(), props: object = {}): TestResource[] {
    return ecsService("ingress", [sidecar(bootstrap)], { ...behindLoadBalancer, ...props });
}

/** A public API's stage with its Web ACL and usage plan, at the first preview. */
export function publicApi(): TestResource[] {
    return [
        { type: "aws:apigateway/restApi:RestApi", name: "orders", props: { id: unknownText } },
        {
            type: "aws:apigateway/stage:Stage",
            name: "orders-v1",
            props: { arn: unknownText, restApi: unknownText, stageName: "v1" },
            from: { restApi: ["orders"] },
        },
        {
            type: "aws:wafv2/webAcl:WebAcl",
            name: "edge",
            props: {
                arn: unknownText,
                rules: [
                    rateRule("credential", 1, {
                        limit: 1000,
                        evaluationWindowSec: 60,
                        aggregateKeyType: "CUSTOM_KEYS",
                        customKeys: [
                            {
                                header: {
                                    name: "authorization",
                                    textTransformations: [{ priority: 0, type: "NONE" }],
                                },
                            },
                        ],
                    }),
                    rateRule("address", 2, { limit: 2000, evaluationWindowSec: 60, aggregateKeyType: "IP" }),
                ],
            },
        },
        {
            type: "aws:wafv2/webAclAssociation:WebAclAssociation",
            name: "orders-v1",
            props: { resourceArn: unknownText, webAclArn: unknownText },
            from: { resourceArn: ["aws:apigateway/stage:Stage::orders-v1"], webAclArn: ["edge"] },
        },
        usagePlan("consumer-acme", { rateLimit: 1000 / 60, burstLimit: 100 }),
    ];
}

export function usagePlan(name: string, throttleSettings: object): TestResource {
    return {
        type: "aws:apigateway/usagePlan:UsagePlan",
        name,
        props: { apiStages: [{ apiId: unknownText, stage: "v1" }], throttleSettings },
        from: { apiStages: ["orders", "aws:apigateway/stage:Stage::orders-v1"] },
    };
}

export function rateRule(name: string, priority: number, rateBasedStatement: object): object {
    return { name, priority, action: { block: {} }, statement: { rateBasedStatement } };
}

/** A whole compliant program at its first preview, with types that no rule is about. */
export function shop(): TestResource[] {
    return [
        { type: "pulumi:pulumi:Stack", name: "traffic-dev", props: {} },
        { type: "aws:s3/bucket:Bucket", name: "unrelated", props: { arn: unknownText, tags: unknownText } },
        ...memberServices(),
        ...ingressService(),
        ...publicApi(),
    ];
}
