import type { ServiceMeshArgs } from "../../../../components/mesh/ServiceMesh";
import type { Capability } from "../../../../components/model/capabilities";
import { definition } from "./meshes";

export const image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/aws-appmesh-envoy:v1.29.12.1-prod";
/** What App Mesh cannot hold of the plainest mesh. */
export const givesUp: readonly Capability[] = [
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

/** The mesh of `definition` on App Mesh. */
export const onAppMesh: Partial<ServiceMeshArgs> = {
    ...definition,
    dataPlane: "appmesh",
    givesUp,
    proxy: { image },
};
