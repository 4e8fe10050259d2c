import { removed, setTo, unknownAt, type RuleCases } from "./case";

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const component = "shop:observability:TrafficObservability";
const unheard = "found none that can ring and that somebody hears; required";
const unread =
    "dashboardBody: found a value that is unknown until it is deployed; required a body as JSON text, or the names that its component registered";

function undrawn(names: readonly string[]): readonly string[] {
    return names.map((name) => `dashboards: found none that shows ${name}; required one of this program`);
}

const apis = ["users", "products", "orders", "payments", "search"].flatMap((api) => [
    `traffic-dev-${api}-v1`,
    `traffic-dev-${api}-v2`,
]);
const services = [
    "user",
    "product",
    "order",
    "payment",
    "inventory",
    "notification",
    "analytics",
    "search",
].map((name) => `${name}-service`);

/** What the rules on alarms and dashboards must refuse, in the dev stack at its first preview. */
export const observabilityCases: Readonly<Record<string, RuleCases>> = {
    "observability-alarms": {
        violating: [
            setTo(alarm, "observability-orders-latency-p99", "threshold", 60_000),
            `alarms for Latency of traffic-dev-orders-v1: ${unheard} one for a percentile of its latency`,
            `alarms for Latency of traffic-dev-orders-v2: ${unheard} one for a percentile of its latency`,
        ],
        missing: [
            removed(alarm, "observability-load-balancer-unhealthy-hosts"),
            `alarms for UnHealthyHostCount of "ingress": ${unheard} one for a host that is unhealthy`,
        ],
        unknown: [
            unknownAt(alarm, "observability-order-service-unhealthy-hosts", "threshold"),
            `alarms for RunningTaskCount of order-service: ${unheard} one for a task that it lacks`,
        ],
    },
    "observability-dashboards": {
        violating: [
            setTo(component, undefined, "shows", {
                "observability-path-dashboard": [...apis.slice(1), ...services, "ingress"],
            }),
            unread,
            ...undrawn(apis.slice(0, 1)),
        ],
        missing: [
            removed(
                "aws:cloudwatch/logMetricFilter:LogMetricFilter",
                "observability-order-service-inbound-duration",
            ),
            "metric filters: found none on its log group; required one that counts its requests",
        ],
        unknown: [
            unknownAt(component, undefined, "shows"),
            'shows["observability-gateway-dashboard"]: found a value that is unknown until it is deployed; required a list that is known at preview',
            'shows["observability-mesh-dashboard"]: found a value that is unknown until it is deployed; required a list that is known at preview',
            'shows["observability-path-dashboard"]: found a value that is unknown until it is deployed; required a list that is known at preview',
            ...undrawn([...apis, ...services, "ingress"]),
        ],
    },
};
