import type { Json, JsonObject } from "./json";

/** Logs of a task's containers. */
export interface ContainerLogs {
    readonly group: string;
    readonly region: string;
}

export interface StartedBefore {
    readonly container: string;
    readonly condition: "START" | "HEALTHY";
}

export interface ApplicationContainer {
    readonly image: string;
    readonly port: number;
    readonly user: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
    readonly healthCommand?: readonly string[];
    /** What a shell runs in place of the image's own entry point. */
    readonly script?: string;
    readonly stopTimeoutSeconds: number;
    readonly logs: ContainerLogs;
}

export const envoyContainerName = "envoy";
export const applicationContainerName = "application";

const startPeriodSeconds = 60;

export function applicationContainer(spec: ApplicationContainer): JsonObject {
    return {
        ...hardened(applicationContainerName, spec.image, spec.user, spec.logs),
        portMappings: [{ containerPort: spec.port, hostPort: spec.port, protocol: "tcp" }],
        ...(spec.script === undefined ? {} : { entryPoint: ["/bin/sh", "-c"], command: [spec.script] }),
        environment: variables(spec.environment),
        secrets: secretVariables(spec.secrets),
        stopTimeout: spec.stopTimeoutSeconds,
        ...(spec.healthCommand === undefined ? {} : { healthCheck: healthCheck(spec.healthCommand) }),
    };
}

export function afterContainers(before: readonly StartedBefore[]): JsonObject {
    const entries = before.map(({ container, condition }) => ({ containerName: container, condition }));
    return entries.length === 0 ? {} : { dependsOn: entries };
}

/** What each container of a task has in common: no privilege, nothing written to its own file system. */
export function hardened(name: string, image: string, user: string, logs: ContainerLogs): JsonObject {
    return {
        name,
        image,
        essential: true,
        user,
        readonlyRootFilesystem: true,
        linuxParameters: { capabilities: { drop: ["ALL"] } },
        logConfiguration: {
            logDriver: "awslogs",
            options: {
                "awslogs-group": logs.group,
                "awslogs-region": logs.region,
                "awslogs-stream-prefix": name,
                mode: "non-blocking",
                "max-buffer-size": "4m",
            },
        },
    };
}

export function healthCheck(command: readonly string[]): JsonObject {
    return { command, interval: 10, timeout: 5, retries: 3, startPeriod: startPeriodSeconds };
}

/** Sorted, so that the order in which they were written makes no new revision. */
export function variables(values: Readonly<Record<string, string>>): Json {
    return sorted(values).map(([name, value]) => ({ name, value }));
}

export function secretVariables(values: Readonly<Record<string, string>>): Json {
    return sorted(values).map(([name, valueFrom]) => ({ name, valueFrom }));
}

function sorted(values: Readonly<Record<string, string>>): readonly [string, string][] {
    return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
