import type { PolicyStatement } from "../../iam";
import { hardened, healthCheck, variables, type ContainerLogs, type StartedBefore } from "../containers";
import type { JsonObject } from "../json";
import { collectorConfig } from "./collectorConfig";
import type { Entrance } from "./metrics";
import type { TelemetrySettings } from "./telemetry";

export const collectorContainerName = "collector";

/** The image reads its whole configuration from this variable. Source: AWS Distro for OpenTelemetry, "ECS setup". */
export const collectorConfigVariable = "AOT_CONFIG_CONTENT";
const collectorUser = "65532:65532";
const stopSeconds = 30;

export interface CollectorContainer {
    readonly member: string;
    readonly entrance: Entrance;
    readonly telemetry: TelemetrySettings;
    readonly logs: ContainerLogs;
}

/** The collector of a task that has one. */
export function collectors(
    member: string,
    entrance: Entrance,
    { telemetry, logs }: { readonly telemetry?: TelemetrySettings; readonly logs: ContainerLogs },
): readonly JsonObject[] {
    return telemetry === undefined ? [] : [collectorContainer({ member, entrance, telemetry, logs })];
}

/** The proxy waits for its start, not for its health, and so stops before it. */
export function beforeProxy(telemetry: TelemetrySettings | undefined): readonly StartedBefore[] {
    return telemetry === undefined ? [] : [{ container: collectorContainerName, condition: "START" }];
}

/** The task lives on without it: what cannot be observed must still be sold. It ends after the proxy, whose last words it takes. */
export function collectorContainer({ member, entrance, telemetry, logs }: CollectorContainer): JsonObject {
    const { image, memory, namespace } = telemetry;
    const config = collectorConfig({ member, entrance, namespace, memory, region: logs.region });
    return {
        ...hardened(collectorContainerName, image, collectorUser, logs),
        essential: false,
        memory,
        environment: variables({ [collectorConfigVariable]: JSON.stringify(config) }),
        healthCheck: healthCheck(["CMD", "/healthcheck"]),
        stopTimeout: stopSeconds,
    };
}

/** `xray:PutTraceSegments` knows no resource (Service Authorization Reference, AWS X-Ray), so it is held to one region. */
export function traceStatements(region: string): readonly PolicyStatement[] {
    return [
        {
            Sid: "SendTraces",
            Action: ["xray:PutTraceSegments"],
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestedRegion": region } },
        },
    ];
}
