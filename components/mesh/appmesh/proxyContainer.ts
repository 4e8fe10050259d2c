import {
    afterContainers,
    envoyContainerName,
    hardened,
    healthCheck,
    secretVariables,
    variables,
    type ContainerLogs,
    type StartedBefore,
} from "../containers";
import { healthScript } from "../proxyScripts";
import type { JsonObject } from "../json";
import { stopTimeoutSeconds } from "../timing";
import { agentEntrypoint } from "./entrypoint";
import { proxyUser } from "./interception";
import { applicationPort } from "./spec/names";

export interface ProxyContainer {
    readonly image: string;
    readonly memory: number;
    readonly concurrency: number;
    /** `mesh/<mesh>/virtualNode/<name>`: which configuration is the proxy's own. */
    readonly resource: string;
    readonly member: "service" | "ingress";
    readonly drainSeconds: number;
    readonly secrets: Readonly<Record<string, string>>;
    readonly application?: { readonly port: number; readonly path: string };
    readonly after: readonly StartedBefore[];
    readonly logs: ContainerLogs;
}

/** Shortest time that the agent can be told to drain for: the entry point has drained before it stops the agent. */
const agentDrainSeconds = "5";

/** App Mesh's Envoy. What it writes, apart from certificates, is its configuration, which has no secret, in memory too. */
export function proxyContainer(spec: ProxyContainer): JsonObject {
    return {
        ...hardened(envoyContainerName, spec.image, proxyUser, spec.logs),
        memory: spec.memory,
        ...(spec.member === "ingress"
            ? {
                  portMappings: [
                      { containerPort: applicationPort, hostPort: applicationPort, protocol: "tcp" },
                  ],
              }
            : {}),
        entryPoint: ["/bin/bash", "-c"],
        command: [agentEntrypoint(spec.drainSeconds, spec.member)],
        environment: variables({
            APPMESH_RESOURCE_ARN: spec.resource,
            ENVOY_ADMIN_ACCESS_LOG_FILE: "/dev/null",
            ENVOY_CONCURRENCY: String(spec.concurrency),
            ENVOY_LOG_LEVEL: "warn",
            LISTENER_DRAIN_WAIT_TIME_S: agentDrainSeconds,
            TMPDIR: "/dev/shm",
        }),
        secrets: secretVariables(spec.secrets),
        healthCheck: healthCheck(["CMD", "/bin/bash", "-c", healthScript(spec.application)]),
        stopTimeout: stopTimeoutSeconds,
        ulimits: [{ name: "nofile", softLimit: 65_536, hardLimit: 65_536 }],
        ...afterContainers(spec.after),
    };
}
