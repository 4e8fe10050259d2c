import {
    afterContainers,
    envoyContainerName,
    hardened,
    healthCheck,
    secretVariables,
    variables,
    type ContainerLogs,
    type StartedBefore,
} from "./containers";
import type { Json, JsonObject } from "./json";
import { healthScript } from "./proxyScripts";
import { stopTimeoutSeconds } from "./timing";

/** What the container of a member's proxy is told, whichever data plane it belongs to. */
export interface ProxyContainer {
    readonly image: string;
    /** MiB, a hard limit. */
    readonly memory: number;
    readonly concurrency: number;
    readonly drainSeconds: number;
    /** Environment variable to SSM parameter name or Secrets Manager ARN. */
    readonly secrets: Readonly<Record<string, string>>;
    /** What the shell in the health check can ask, where the application speaks HTTP/1.1. */
    readonly application?: { readonly port: number; readonly path: string };
    /** The proxy starts after these and so stops before them: ECS stops in the reverse order. */
    readonly after?: readonly StartedBefore[];
    readonly logs: ContainerLogs;
}

/** What a data plane decides of it. */
export interface ProxyProgram {
    readonly user: string;
    /** Ports that are reached from outside the task. */
    readonly ports: readonly number[];
    /** What a shell runs. */
    readonly script: string;
    readonly environment: Readonly<Record<string, string>>;
}

export function proxyContainer(spec: ProxyContainer, program: ProxyProgram): JsonObject {
    const portMappings: readonly Json[] = program.ports.map((port) => ({
        containerPort: port,
        hostPort: port,
        protocol: "tcp",
    }));
    return {
        ...hardened(envoyContainerName, spec.image, program.user, spec.logs),
        memory: spec.memory,
        ...(portMappings.length === 0 ? {} : { portMappings }),
        entryPoint: ["/bin/bash", "-c"],
        command: [program.script],
        environment: variables(program.environment),
        secrets: secretVariables(spec.secrets),
        healthCheck: healthCheck(["CMD", "/bin/bash", "-c", healthScript(spec.application)]),
        stopTimeout: stopTimeoutSeconds,
        ulimits: [{ name: "nofile", softLimit: 65_536, hardLimit: 65_536 }],
        ...afterContainers(spec.after ?? []),
    };
}
