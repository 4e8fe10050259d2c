import { availability, latency } from "../alarms/indicators";
import { edgeCertificateDays, everyRule, refusedByRule } from "../metrics/gateway";
import { refusals, refusedMetric } from "../metrics/refusals";
import type { Observed, ObservedApi } from "../observed";
import { accessLogQuery, budgetSpent, byApi, refusedByApi } from "./apiWidgets";
import { inDashboards } from "./parts";
import { combined, heading, idOf, line } from "./series";
import type { DashboardDefinition, Row } from "./widget";

/** ADR-003, "API Gateway Monitoring": one heading for each of its lines. APIs that do not fit on one dashboard go on with the next. */
export function gatewayDashboards(observed: Observed): readonly DashboardDefinition[] {
    const shown = (apis: readonly ObservedApi[], key: string): DashboardDefinition => {
        const part = { ...observed, gateway: { ...observed.gateway, apis } };
        return {
            key,
            rows: [
                alarmRow(part),
                ...requestRows(part),
                ...errorRows(part),
                ...usageRows(part),
                ...limitRows(part),
                ...authenticationRows(part),
            ],
        };
    };
    return inDashboards("gateway", observed.gateway.apis, shown);
}

function alarmRow({ gateway }: Observed): Row {
    const keys = gateway.apis.flatMap(({ name }) => [
        `${name}-api`,
        `${name}-too-many-requests`,
        `${name}-authentication-failures`,
    ]);
    return {
        height: 4,
        widgets: [
            {
                kind: "alarms",
                title: "Alarms of the public APIs",
                alarms: [...keys, "web-acl-too-many-requests"],
            },
        ],
    };
}

function requestRows({ gateway: { apis } }: Observed): readonly Row[] {
    return [
        heading("Request/Response metrics"),
        {
            widgets: [
                { ...byApi("Requests", apis, "Count", "Sum"), stacked: true },
                byApi("Refused: 4xx", apis, "4XXError", "Sum"),
                byApi("Failed: 5xx", apis, "5XXError", "Sum"),
            ],
        },
    ];
}

function errorRows({ gateway: { apis } }: Observed): readonly Row[] {
    const percentiles = ["p50", "p90", "p99"].map((each) =>
        byApi(`Latency ${each}`, apis, "Latency", each, "ms"),
    );
    return [
        heading("Error rates and latency"),
        {
            widgets: [
                budgetSpent(
                    "Availability: error budget spent, times what is allowed",
                    apis.map(availability),
                    apis,
                ),
                budgetSpent("Latency: error budget spent, times what is allowed", apis.map(latency), apis),
            ],
        },
        {
            widgets: [
                ...percentiles,
                byApi("Mesh's part of it p99", apis, "IntegrationLatency", "p99", "ms"),
            ],
        },
    ];
}

function usageRows(observed: Observed): readonly Row[] {
    return [
        heading("API usage analytics"),
        {
            widgets: [
                accessLogQuery("usage-by-consumer", observed),
                accessLogQuery("slowest-routes", observed),
            ],
        },
    ];
}

function limitRows(observed: Observed): readonly Row[] {
    const { gateway, region } = observed;
    const { rateRules } = gateway.webAcl;
    return [
        heading("Rate limiting metrics"),
        {
            widgets: [
                {
                    kind: "graph",
                    title: "429 of AWS WAF, by rule",
                    series: rateRules.map((rule) => line(rule, refusedByRule(rule, gateway, region), "Sum")),
                },
                refusedByApi("429 of API Gateway: plans and stages", refusals.gatewayLimit, observed),
                refusedByApi(
                    "429 of the mesh ingress: each user's 1000 a minute",
                    refusals.ingressLimit,
                    observed,
                ),
            ],
        },
    ];
}

function authenticationRows(observed: Observed): readonly Row[] {
    const { gateway, prefix, region } = observed;
    const reasons = refusals.authentication.flatMap((reason) =>
        combined(
            "SUM",
            reason,
            idOf(reason),
            gateway.apis.map(({ name }) => refusedMetric(prefix, name, reason)),
            "Sum",
        ),
    );
    return [
        heading("Authentication metrics"),
        {
            widgets: [
                { kind: "graph", title: "Refused for token or key, by reason", series: reasons },
                refusedByApi("Refused for token or key, by API", refusals.authentication, observed),
                accessLogQuery("rejected-by-reason", observed),
            ],
        },
        {
            widgets: [
                {
                    kind: "graph",
                    title: "Refused by AWS WAF",
                    series: [line("every rule", refusedByRule(everyRule, gateway, region), "Sum")],
                },
                {
                    kind: "graph",
                    title: "Days that the public certificate lasts",
                    series: [line("days", edgeCertificateDays, "Minimum")],
                    period: 86_400,
                },
            ],
        },
    ];
}
