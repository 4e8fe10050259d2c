import type { ObservedMesh } from "../observed";
import type { Metric } from "./metric";

type Telemetry = NonNullable<ObservedMesh["telemetry"]>;

/** A number of a member: what comes in, and its own certificate. */
export function memberMetric(
    name: "requests" | "errors" | "latency" | "tlsFailures" | "certificateDaysLeft" | "limiterFailures",
    service: string,
    { namespace }: Telemetry,
): Metric {
    return { namespace, name, dimensions: { service } };
}

/** A number of what one member sees of another that it calls. */
export function edgeMetric(
    name: "ejections" | "retries" | "callTlsFailures",
    service: string,
    callee: string,
    { namespace }: Telemetry,
): Metric {
    return { namespace, name, dimensions: { service, callee } };
}

export function taskMetric(
    name: "RunningTaskCount" | "DesiredTaskCount",
    member: string,
    { clusterName }: ObservedMesh,
): Metric {
    return {
        namespace: "ECS/ContainerInsights",
        name,
        dimensions: { ClusterName: clusterName, ServiceName: member },
    };
}

export function loadMetric(
    name: "CPUUtilization" | "MemoryUtilization",
    member: string,
    { clusterName }: ObservedMesh,
): Metric {
    return {
        namespace: "AWS/ECS",
        name,
        dimensions: { ClusterName: clusterName, ServiceName: member },
    };
}
