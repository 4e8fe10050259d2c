import type { AlarmThresholds } from "../alarms/thresholds";
import { inboundDuration } from "../metrics/durations";
import { ingressFlows, ingressHosts } from "../metrics/ingress";
import { edgeMetric, memberMetric } from "../metrics/mesh";
import { callersOf, type Observed, type ObservedMember, type ObservedMesh } from "../observed";
import { meshQueries } from "../queries/savedQueries";
import { inDashboards } from "./parts";
import { combined, heading, idOf, line } from "./series";
import { taskCounts, taskLoad } from "./tasks";
import type { DashboardDefinition, GraphWidget, LogWidget, Row, Series } from "./widget";

/** ADR-003, "Service Mesh Monitoring": one heading for each of its lines. Members that do not fit on one dashboard go on with the next. */
export function meshDashboards(
    observed: Observed,
    thresholds: AlarmThresholds,
): readonly DashboardDefinition[] {
    const shown = (members: readonly ObservedMember[], key: string): DashboardDefinition => {
        const part = { ...observed, mesh: { ...observed.mesh, members } };
        return {
            key,
            rows: [
                {
                    height: 4,
                    widgets: [
                        {
                            kind: "alarms",
                            title: "Services and ingress",
                            alarms: members.map(({ name }) => name),
                        },
                    ],
                },
                ...trafficRows(part),
                ...breakerRows(part, observed.mesh, thresholds),
                ...balancingRows(part),
                ...healthRows(part),
                ...flowRows(),
            ],
        };
    };
    return inDashboards("mesh", observed.mesh.members, shown);
}

function trafficRows(observed: Observed): readonly Row[] {
    const { mesh, prefix } = observed;
    const { members, telemetry } = mesh;
    const durations = (title: string, statistic: string, leftLabel?: string): GraphWidget => ({
        kind: "graph",
        title,
        series: members.map((member) => line(member.name, inboundDuration(prefix, member), statistic)),
        ...(leftLabel === undefined ? {} : { leftLabel }),
    });
    const failed: readonly GraphWidget[] =
        telemetry === undefined
            ? []
            : [
                  {
                      kind: "graph",
                      title: "Failed: 5xx",
                      series: members.map(({ name }) =>
                          line(name, memberMetric("errors", name, telemetry), "Sum"),
                      ),
                  },
              ];
    return [
        heading("Service-to-service communication metrics"),
        {
            widgets: [
                durations("Requests, without health checks", "SampleCount"),
                ...failed,
                durations("Latency p50", "p50", "ms"),
                durations("Latency p99", "p99", "ms"),
            ],
        },
        { widgets: [log("service-to-service", observed), log("failures-between-services", observed)] },
    ];
}

/** Callers may be on another dashboard. */
function breakerRows(
    { mesh: { members, telemetry } }: Observed,
    whole: ObservedMesh,
    { certificateDays }: AlarmThresholds,
): readonly Row[] {
    if (telemetry === undefined) {
        return [];
    }
    const byCallee = (title: string, name: "ejections" | "retries" | "callTlsFailures"): GraphWidget => ({
        kind: "graph",
        title,
        series: members.flatMap((callee): readonly Series[] => {
            const callers = callersOf(callee.name, whole);
            const metrics = callers.map((caller) => edgeMetric(name, caller.name, callee.name, telemetry));
            return callers.length === 0
                ? []
                : combined("SUM", callee.name, idOf(callee.name), metrics, "Sum");
        }),
    });
    return [
        heading("Circuit breaker status"),
        {
            widgets: [
                byCallee("Instances taken out for 60 s, by callee", "ejections"),
                byCallee("Repeated requests, by callee", "retries"),
            ],
        },
        heading("Mutual TLS"),
        {
            widgets: [
                byCallee("Failed handshakes with a callee", "callTlsFailures"),
                {
                    kind: "graph",
                    title: "Failed handshakes of callers",
                    series: members.map(({ name }) =>
                        line(name, memberMetric("tlsFailures", name, telemetry), "Sum"),
                    ),
                },
                {
                    kind: "graph",
                    title: "Days that the first certificate lasts",
                    series: members.map(({ name }) =>
                        line(name, memberMetric("certificateDaysLeft", name, telemetry), "Minimum"),
                    ),
                    lines: [{ label: "alarm", value: certificateDays }],
                    period: 3600,
                },
            ],
        },
    ];
}

function balancingRows(observed: Observed): readonly Row[] {
    return [
        heading("Load balancing metrics"),
        {
            widgets: [log("balancing-spread", observed), ...taskLoad(namesOf(observed), observed.mesh)],
        },
    ];
}

function healthRows(observed: Observed): readonly Row[] {
    return [
        heading("Health check status"),
        {
            widgets: [
                ...taskCounts(namesOf(observed), observed.mesh),
                {
                    kind: "graph",
                    title: "Ingress: tasks as its load balancer finds them",
                    series: [
                        line("healthy", ingressHosts("HealthyHostCount"), "Minimum"),
                        line("unhealthy", ingressHosts("UnHealthyHostCount"), "Maximum"),
                    ],
                },
            ],
        },
    ];
}

function flowRows(): readonly Row[] {
    return [
        heading("Traffic flow metrics"),
        {
            widgets: [
                {
                    kind: "graph",
                    title: "Connections into the mesh",
                    series: [
                        line("open", ingressFlows("ActiveFlowCount"), "Average"),
                        line("new", ingressFlows("NewFlowCount"), "Sum"),
                        line("reset by the ingress", ingressFlows("TCP_Target_Reset_Count"), "Sum"),
                    ],
                },
                {
                    kind: "graph",
                    title: "Bytes through the load balancer",
                    series: [line("bytes", ingressFlows("ProcessedBytes"), "Sum")],
                },
            ],
        },
    ];
}

function namesOf({ mesh }: Observed): readonly string[] {
    return mesh.members.map(({ name }) => name);
}

function log(name: string, { mesh }: Observed): LogWidget {
    const saved = meshQueries.find((each) => each.name === name);
    return {
        kind: "logs",
        title: saved?.title ?? name,
        groups: mesh.members.map(({ logs }) => logs),
        query: saved?.query ?? "",
        view: "table",
    };
}
