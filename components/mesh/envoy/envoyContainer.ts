import { meshPort } from "../../model/ports";
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
import type { JsonObject } from "../json";
import { healthScript } from "../proxyScripts";
import { stopTimeoutSeconds } from "../timing";
import { bootstrapVariable, entrypoint } from "./entrypoint";
import { bootstrapText } from "./text";

export interface EnvoyContainer {
    readonly image: string;
    /** MiB, a hard limit. */
    readonly memory: number;
    readonly concurrency: number;
    readonly bootstrap: JsonObject;
    readonly drainSeconds: number;
    /** Environment variable to SSM parameter name or Secrets Manager ARN. */
    readonly secrets: Readonly<Record<string, string>>;
    /** What the shell in the health check can ask, where the application speaks HTTP/1.1. */
    readonly application?: { readonly port: number; readonly path: string };
    /** The proxy starts after these and so stops before them: ECS stops in the reverse order. */
    readonly after?: readonly StartedBefore[];
    readonly logs: ContainerLogs;
}

/** The user `envoy` of the standard image. */
const envoyUser = "101";

export function envoyContainer(spec: EnvoyContainer): JsonObject {
    return {
        ...hardened(envoyContainerName, spec.image, envoyUser, spec.logs),
        memory: spec.memory,
        portMappings: [{ containerPort: meshPort, hostPort: meshPort, protocol: "tcp" }],
        entryPoint: ["/bin/bash", "-c"],
        command: [entrypoint(spec.drainSeconds, spec.concurrency)],
        environment: variables({ [bootstrapVariable]: bootstrapText(spec.bootstrap) }),
        secrets: secretVariables(spec.secrets),
        healthCheck: healthCheck(["CMD", "/bin/bash", "-c", healthScript(spec.application)]),
        stopTimeout: stopTimeoutSeconds,
        ulimits: [{ name: "nofile", softLimit: 65_536, hardLimit: 65_536 }],
        ...afterContainers(spec.after ?? []),
    };
}
