import type { Capability } from "../../components/model/capabilities";

/** App Mesh's own proxy, as a stack pins it. */
export const appMeshImage =
    "123456789012.dkr.ecr.eu-central-1.amazonaws.com/aws-appmesh-envoy:v1.29.12.1-prod";

/** What the shop has to do without on App Mesh. */
export const givenUpByShop: readonly Capability[] = [
    "tls13",
    "identityHeaders",
    "steeringHeaders",
    "leastRequest",
    "evenEjections",
    "allInstancesOut",
    "failurePercentage",
    "idleHealthChecks",
    "retryBudget",
    "logPaths",
    "telemetry",
    "calleeAtIngress",
    "userLimit",
    "ingressGuards",
    "browserAnswers",
];

/** A stack's settings under `traffic:`, with which it is carried by App Mesh. */
export function onAppMesh(traffic: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return {
        ...traffic,
        dataPlane: "appmesh",
        givesUp: givenUpByShop,
        images: { ...(traffic.images as object), envoy: appMeshImage },
    };
}
