import { stageMetric } from "../metrics/gateway";
import { refusals, refusedMetric } from "../metrics/refusals";
import type { ObservedApi } from "../observed";
import { burnRateAlarms } from "./burnRate";
import { joined, type AlarmDefinitions, type MetricAlarmDefinition } from "./definition";
import { highest, percent, total, twiceIn5Minutes } from "./expressions";
import { availability } from "./indicators";
import type { AlarmThresholds } from "./thresholds";

/** An API's alarms. What clients suffer from rings once, as the API's composite alarm; what they may be doing to it rings by itself. */
export function apiAlarms(api: ObservedApi, prefix: string, thresholds: AlarmThresholds): AlarmDefinitions {
    const { name } = api;
    const suffered = [errorRate(api, thresholds), slow(api, thresholds)];
    const burn = burnRateAlarms(api);
    return joined(burn, {
        metricAlarms: [
            ...suffered,
            tooManyRequests(name, prefix, thresholds),
            authenticationFailures(name, prefix, thresholds),
        ],
        compositeAlarms: [
            {
                key: `${name}-api`,
                runbook: "api-unhealthy",
                summary: `The ${name} API fails its clients: by errors, by latency, or by how fast its error budget goes.`,
                notifies: true,
                rule: { any: [...suffered, ...burn.compositeAlarms].map(({ key }) => ({ alarm: key })) },
            },
        ],
    });
}

function errorRate(api: ObservedApi, { errorRate: threshold }: AlarmThresholds): MetricAlarmDefinition {
    const { badShare, metrics } = availability(api);
    return {
        key: `${api.name}-error-rate`,
        runbook: "error-rate",
        summary: `More than ${percent(threshold)} of the requests to ${api.name} fail (5xx), for 10 minutes.`,
        notifies: false,
        metrics,
        expression: badShare,
        comparison: "GreaterThanThreshold",
        threshold,
        ...twiceIn5Minutes,
    };
}

function slow(
    { name, versions }: ObservedApi,
    { apiP99Milliseconds: threshold }: AlarmThresholds,
): MetricAlarmDefinition {
    return {
        key: `${name}-latency-p99`,
        runbook: "latency",
        summary: `The slowest 1 % of the requests to ${name} take longer than ${threshold} ms, for 10 minutes.`,
        notifies: false,
        ...highest(
            versions.map((version) => stageMetric("Latency", version)),
            "p99",
        ),
        comparison: "GreaterThanThreshold",
        threshold,
        ...twiceIn5Minutes,
    };
}

/** By the gateway or by the ingress; what AWS WAF refuses has an alarm of its own. */
function tooManyRequests(
    api: string,
    prefix: string,
    { tooManyRequests: threshold }: AlarmThresholds,
): MetricAlarmDefinition {
    const reasons = [...refusals.gatewayLimit, ...refusals.ingressLimit];
    return {
        key: `${api}-too-many-requests`,
        runbook: "too-many-requests",
        summary: `${api} answers more than ${threshold} requests in 5 minutes with 429, for 10 minutes.`,
        notifies: true,
        ...total(reasons.map((reason) => refusedMetric(prefix, api, reason))),
        comparison: "GreaterThanThreshold",
        threshold,
        ...twiceIn5Minutes,
    };
}

function authenticationFailures(
    api: string,
    prefix: string,
    { authenticationFailures: threshold }: AlarmThresholds,
): MetricAlarmDefinition {
    return {
        key: `${api}-authentication-failures`,
        runbook: "authentication-failures",
        summary: `${api} refuses more than ${threshold} requests in 5 minutes for their token or key, for 10 minutes.`,
        notifies: true,
        ...total(refusals.authentication.map((reason) => refusedMetric(prefix, api, reason))),
        comparison: "GreaterThanThreshold",
        threshold,
        ...twiceIn5Minutes,
    };
}
