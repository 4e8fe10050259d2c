import { Issues, type Issue } from "../model/issues";
import { allAlarms } from "./alarms/allAlarms";
import { checkAlarmCount, type ObservabilityQuotas } from "./alarms/checkAlarmCount";
import { checkAlarms, type AlarmTexts } from "./alarms/checkAlarms";
import type { AlarmDefinitions } from "./alarms/definition";
import { checkThresholds, defaultThresholds, type AlarmThresholds } from "./alarms/thresholds";
import { dashboardBody, type DashboardBody } from "./dashboards/body";
import { checkDashboard } from "./dashboards/checkDashboard";
import { gatewayDashboards } from "./dashboards/gateway";
import { meshDashboards } from "./dashboards/mesh";
import { pathDashboard } from "./dashboards/path";
import { metricsOf } from "./dashboards/series";
import type { DashboardDefinition } from "./dashboards/widget";
import { awsMetrics } from "./metrics/aws";
import { inboundDurations } from "./metrics/durations";
import { checkEmitted, emittedBy, type EmittedMetrics } from "./metrics/emitted";
import { emittedByFilters, type LogMetric } from "./metrics/logMetric";
import { refusedRequests } from "./metrics/refusals";
import { checkObjectives } from "./objectives";
import type { Observed } from "./observed";
import { runbookLink } from "./runbook";
import { checkTracing, tracing, type Tracing, type TracingArgs } from "./tracing";
import { unknowns } from "./unknowns";

export interface ObservabilitySettings {
    readonly runbookUrl?: string | undefined;
    readonly emails?: readonly string[] | undefined;
    readonly thresholds?: Partial<AlarmThresholds> | undefined;
    readonly tracing?: TracingArgs | undefined;
    readonly quotas?: ObservabilityQuotas | undefined;
}

export interface ResolvedDashboard {
    readonly key: string;
    readonly name: string;
    /** With placeholders for what is not known yet. */
    readonly body: DashboardBody;
}

export interface ResolvedObservability {
    readonly filters: readonly LogMetric[];
    readonly alarms: AlarmDefinitions;
    readonly texts: AlarmTexts;
    readonly dashboards: readonly ResolvedDashboard[];
    readonly tracing: Tracing;
    readonly emitted: EmittedMetrics;
    readonly issues: readonly Issue[];
}

/** Generates everything and checks it, before anything is made. */
export function resolveObservability(
    observed: Observed,
    settings: ObservabilitySettings,
): ResolvedObservability {
    const { prefix } = observed;
    const thresholds = { ...defaultThresholds, ...settings.thresholds };
    const filters = logMetrics(observed);
    const emitted = emittedBy(awsMetrics, emittedByFilters(filters), observed.mesh.telemetry?.emitted ?? {});
    const alarms = allAlarms(observed, thresholds);
    const texts = alarmTexts(prefix, settings.runbookUrl ?? "docs/runbook.md");
    const traces = tracing(observed, settings.tracing);
    const definitions = [
        ...gatewayDashboards(observed),
        ...(observed.mesh.members.length === 0 ? [] : meshDashboards(observed, thresholds)),
        pathDashboard(observed, { groups: traces.groups.map(({ name }) => name) }),
    ];
    const dashboards = definitions.map((definition) => resolveDashboard(definition, observed, texts));
    const issues = new Issues();
    issues.addAll(checkThresholds(thresholds), "thresholds");
    observed.gateway.apis.forEach(({ objectives }, index) => {
        issues.addAll(checkObjectives(objectives), `apis[${index}].objectives`);
    });
    issues.addAll(checkEmails(settings.emails ?? []));
    issues.addAll(checkAlarmCount(alarms, settings.quotas));
    issues.addAll(checkAlarms(alarms, emitted, texts));
    definitions.forEach((definition) => {
        issues.addAll(checkEmitted(`dashboards.${definition.key}`, metricsOf(definition), emitted));
    });
    dashboards.forEach(({ body, key, name }) => {
        issues.addAll(checkDashboard(name, body), `dashboards.${key}`);
    });
    issues.addAll(checkTracing(traces));
    return { filters, alarms, texts, dashboards, tracing: traces, emitted, issues: issues.all };
}

function logMetrics({ gateway, mesh, prefix }: Observed): readonly LogMetric[] {
    return [
        ...gateway.apis.flatMap(({ name, versions }) =>
            versions.map((version) => refusedRequests(prefix, name, version)),
        ),
        ...mesh.members.map((member) => inboundDurations(prefix, member)),
    ];
}

function alarmTexts(prefix: string, runbookUrl: string): AlarmTexts {
    return {
        nameOf: (key) => `${prefix}-${key}`,
        descriptionOf: ({ runbook, summary }) => `${summary} What to do: ${runbookLink(runbookUrl, runbook)}`,
    };
}

function resolveDashboard(
    definition: DashboardDefinition,
    { prefix, region }: Observed,
    { nameOf }: AlarmTexts,
): ResolvedDashboard {
    const { accountId, partition } = unknowns;
    const alarmArn = (key: string): string =>
        `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${nameOf(key)}`;
    return {
        key: definition.key,
        name: `${prefix}-${definition.key}`,
        body: dashboardBody(definition, { region, alarmArn }),
    };
}

function checkEmails(emails: readonly string[]): readonly Issue[] {
    const issues = new Issues();
    emails.forEach((email, index) => {
        issues.require(/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email), `emails[${index}]`, email, "a mail address");
    });
    return issues.all;
}
