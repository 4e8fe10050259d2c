import { envoyContainerName } from "../containers";
import type { TaskParts } from "../dataPlane";
import { applicationPort } from "./spec/names";

/** The user of App Mesh's Envoy image: what it sends is not sent back to it. */
export const proxyUser = "1337";

/** Where tasks get their credentials and their metadata. Source: Amazon ECS developer guide, "Task metadata endpoint". */
const taskAddresses = ["169.254.170.2", "169.254.169.254"];

/** HTTPS to AWS's endpoints, the only thing besides members that security groups let a task reach. */
const endpointPort = 443;

/** Everything else that leaves or enters a task goes through its proxy. Source: AWS App Mesh user guide, "Update services", proxy configuration. */
export const interception: NonNullable<TaskParts["proxyConfiguration"]> = {
    type: "APPMESH",
    containerName: envoyContainerName,
    properties: {
        AppPorts: String(applicationPort),
        EgressIgnoredIPs: taskAddresses.join(","),
        EgressIgnoredPorts: String(endpointPort),
        IgnoredUID: proxyUser,
        ProxyEgressPort: "15001",
        ProxyIngressPort: "15000",
    },
};
