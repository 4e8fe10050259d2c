import { edgeCertificateDays, refusedByRule, stageMetric } from "../metrics/gateway";
import { ingressHosts } from "../metrics/ingress";
import type { Observed, ObservedApi } from "../observed";
import { chunked } from "./chunks";
import { joined, type AlarmDefinitions, type MetricAlarmDefinition } from "./definition";
import { highest, lowest, total, twiceIn5Minutes } from "./expressions";
import type { AlarmThresholds } from "./thresholds";

/** What all APIs share: the Web ACL, the domain's certificate, the way into the mesh, and whether anybody calls at all. */
export function edgeAlarms(
    { gateway, mesh, region }: Observed,
    thresholds: AlarmThresholds,
): AlarmDefinitions {
    const { tooManyRequests: threshold, silentMinutes } = thresholds;
    const { apis, webAcl } = gateway;
    const refused: MetricAlarmDefinition = {
        key: "web-acl-too-many-requests",
        runbook: "too-many-requests",
        summary: `AWS WAF's rate rules refuse more than ${threshold} requests in 5 minutes, for 10 minutes.`,
        notifies: true,
        ...total(webAcl.rateRules.map((rule) => refusedByRule(rule, gateway, region))),
        comparison: "GreaterThanThreshold",
        threshold,
        ...twiceIn5Minutes,
    };
    return joined(
        {
            metricAlarms: [
                refused,
                edgeCertificate(thresholds),
                ...(mesh.members.length === 0 ? [] : [unhealthyIngress]),
            ],
            compositeAlarms: [],
        },
        silentMinutes === 0 ? nothing : silence(apis, silentMinutes),
    );
}

const nothing: AlarmDefinitions = { metricAlarms: [], compositeAlarms: [] };

/** API Gateway writes no zeros: without requests there is no data. One alarm, as long as it can ask every version. */
function silence(apis: readonly ObservedApi[], silentMinutes: number): AlarmDefinitions {
    const counts = apis.flatMap(({ versions }) => versions.map((each) => stageMetric("Count", each)));
    const parts = chunked(counts, "no-requests");
    const [runbook, summary] = ["no-data", `No API has had a request for ${silentMinutes} minutes.`] as const;
    const periods = silentMinutes / 5;
    return {
        metricAlarms: parts.map(({ items, key }) => ({
            key,
            runbook,
            summary,
            notifies: parts.length === 1,
            ...total(items),
            comparison: "LessThanThreshold",
            threshold: 1,
            periodSeconds: 300,
            periods,
            breaching: periods,
            missing: "breaching",
        })),
        compositeAlarms:
            parts.length === 1
                ? []
                : [
                      {
                          key: "no-requests-at-all",
                          runbook,
                          summary,
                          notifies: true,
                          rule: { all: parts.map(({ key }) => ({ alarm: key })) },
                      },
                  ],
    };
}

/** ACM writes it twice a day; it renews by itself 60 days before the end, as long as the domain's records prove the ownership. */
function edgeCertificate({ certificateDays }: AlarmThresholds): MetricAlarmDefinition {
    return {
        key: "edge-certificate",
        runbook: "certificate-expiry",
        summary: `The certificate of the public domain ends within ${certificateDays} days.`,
        notifies: true,
        ...lowest([edgeCertificateDays], "Minimum"),
        comparison: "LessThanOrEqualToThreshold",
        threshold: certificateDays,
        periodSeconds: 86_400,
        periods: 1,
        breaching: 1,
        missing: "ignore",
    };
}

const unhealthyIngress: MetricAlarmDefinition = {
    key: "load-balancer-unhealthy-hosts",
    runbook: "unhealthy-hosts",
    summary: "The load balancer of the mesh ingress finds a task unhealthy, for 3 minutes.",
    notifies: true,
    ...highest([ingressHosts("UnHealthyHostCount")], "Maximum"),
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    periodSeconds: 60,
    periods: 3,
    breaching: 3,
    missing: "notBreaching",
};
