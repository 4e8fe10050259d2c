import { onePartOrMore, partsOf } from "../../partsOf";
import { inboundDuration } from "../metrics/durations";
import { everyRule, refusedByRule, stageMetric } from "../metrics/gateway";
import { ingressFlows } from "../metrics/ingress";
import { refusals, refusedMetric } from "../metrics/refusals";
import type { Observed, ObservedApi } from "../observed";
import { pathQueries } from "../queries/savedQueries";
import { byApi } from "./apiWidgets";
import { introduction } from "./introduction";
import { graphsOf, logRows } from "./parts";
import { combined, heading, line } from "./series";
import { unproxiedRows } from "./tasks";
import type { DashboardDefinition, GraphWidget, LogWidget, Row, Series } from "./widget";

/** A graph asks several metrics of each API, of 500 that it may. */
const apisOfGraph = 50;

/** ADR-003, "Unified Monitoring": a request's whole way, from the client to the service, layer beside layer. */
export function pathDashboard(
    observed: Observed,
    tracing: { readonly groups: readonly string[] },
): DashboardDefinition {
    const { gateway } = observed;
    return {
        key: "path",
        rows: [
            {
                height: 3,
                widgets: [{ kind: "text", markdown: introduction(observed.mesh, tracing.groups) }],
            },
            heading("Requests, layer by layer"),
            { widgets: requests(observed) },
            ...unproxiedRows(observed),
            heading("Where requests end"),
            {
                widgets: [
                    ...onePartOrMore(gateway.apis, apisOfGraph).map((apis) => refused(apis, observed)),
                    byApi("Failed at the gateway: 5xx", gateway.apis, "5XXError", "Sum"),
                ],
            },
            heading("Where the time goes: p99 of each layer"),
            ...rowsOf(gateway.apis.map((api) => times(api, observed))),
            heading("One request in all logs"),
            ...logRows([log("slowest-requests", observed), log("failed-requests", observed)], 8),
        ],
    };
}

function requests(observed: Observed): readonly GraphWidget[] {
    const { gateway, mesh, prefix, region } = observed;
    const arriving = (title: string, services: boolean): readonly GraphWidget[] =>
        graphsOf({
            kind: "graph",
            title,
            series: mesh.members
                .filter(
                    (member) => gateway.apis.some(({ service }) => service === member.service) === services,
                )
                .map((member) => line(member.name, inboundDuration(prefix, member), "SampleCount")),
            stacked: true,
        });
    const outside: readonly GraphWidget[] = [
        {
            kind: "graph",
            title: "1. Stopped by AWS WAF",
            series: [line("refused", refusedByRule(everyRule, gateway, region), "Sum")],
        },
        { ...byApi("2. API Gateway", gateway.apis, "Count", "Sum"), stacked: true },
    ];
    if (mesh.members.length === 0) {
        return outside;
    }
    return [
        ...outside,
        {
            kind: "graph",
            title: "3. Load balancer: connections",
            series: [line("open", ingressFlows("ActiveFlowCount"), "Average")],
        },
        ...arriving("4. Ingress, and services behind services", false),
        ...arriving("5. Services behind an API", true),
    ];
}

/** By the layer that refused them; requests go through the ingress in the last phase of the migration only. */
function refused(apis: readonly ObservedApi[], { gateway, mesh, prefix, region }: Observed): GraphWidget {
    const layer = (label: string, id: string, reasons: readonly string[]): readonly Series[] =>
        combined(
            "SUM",
            label,
            id,
            apis.flatMap(({ name }) => reasons.map((reason) => refusedMetric(prefix, name, reason))),
            "Sum",
        );
    return {
        kind: "graph",
        title: "Refused, by layer",
        series: [
            line("AWS WAF", refusedByRule(everyRule, gateway, region), "Sum"),
            ...layer("API Gateway: token or key", "authentication", refusals.authentication),
            ...layer("API Gateway: too many", "gateway", refusals.gatewayLimit),
            ...(mesh.entrance === "ingress"
                ? layer("mesh ingress: too many", "ingress", refusals.ingressLimit)
                : []),
        ],
        stacked: true,
    };
}

/** From the outside in: what lies between two lines is the layer in between. */
function times({ name, service, versions }: ObservedApi, { mesh, prefix }: Observed): GraphWidget {
    const worst = (label: string, id: string, metric: "Latency" | "IntegrationLatency"): readonly Series[] =>
        combined(
            "MAX",
            label,
            id,
            versions.map((version) => stageMetric(metric, version)),
            "p99",
        );
    const inside = mesh.members
        .filter((member) => member.entrance === "ingress" || member.service === service)
        .map((member) => line(member.name, inboundDuration(prefix, member), "p99"));
    return {
        kind: "graph",
        title: name,
        series: [
            ...worst("client waits", "client", "Latency"),
            ...worst("gateway waits", "gateway", "IntegrationLatency"),
            ...inside,
        ],
        leftLabel: "ms",
    };
}

function rowsOf(widgets: readonly GraphWidget[]): readonly Row[] {
    const perRow = 3;
    return partsOf(widgets, perRow).map((part) => ({ widgets: part }));
}

function log(name: string, { gateway, mesh }: Observed): LogWidget {
    const saved = pathQueries.find((each) => each.name === name);
    const accessLogs = gateway.apis.flatMap(({ versions }) => versions.map((each) => each.accessLogs));
    return {
        kind: "logs",
        title: saved?.title ?? name,
        groups: [...accessLogs, ...mesh.members.map(({ logs }) => logs)],
        query: saved?.query ?? "",
        view: "table",
    };
}
