import type { JsonObject } from "../json";
import { proxyContainer, type ProxyContainer } from "../proxyContainer";
import { agentEntrypoint } from "./entrypoint";
import { proxyUser } from "./interception";
import { applicationPort } from "./spec/names";

export interface AgentContainer extends ProxyContainer {
    /** `mesh/<mesh>/virtualNode/<name>`: which configuration is the proxy's own. */
    readonly resource: string;
    readonly member: "service" | "ingress";
}

/** Shortest time that the agent can be told to drain for: the entry point has drained before it stops the agent. */
const agentDrainSeconds = "5";

/** App Mesh's Envoy. What it writes, apart from certificates, is its configuration, which has no secret, in memory too. */
export function agentContainer(spec: AgentContainer): JsonObject {
    return proxyContainer(spec, {
        user: proxyUser,
        ports: spec.member === "ingress" ? [applicationPort] : [],
        script: agentEntrypoint(spec.drainSeconds, spec.member),
        environment: {
            APPMESH_RESOURCE_ARN: spec.resource,
            ENVOY_ADMIN_ACCESS_LOG_FILE: "/dev/null",
            ENVOY_CONCURRENCY: String(spec.concurrency),
            ENVOY_LOG_LEVEL: "warn",
            LISTENER_DRAIN_WAIT_TIME_S: agentDrainSeconds,
            TMPDIR: "/dev/shm",
        },
    });
}
