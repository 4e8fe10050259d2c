import { ofType, replaced, setting, without, type Kind, type Operator, type Props } from "../operator";
import type { Recorded } from "../recording";

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const composite = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const dashboard = "aws:cloudwatch/dashboard:Dashboard";
const rule = "observability-alarms";

const named =
    (ending: RegExp) =>
    ({ name }: Recorded): boolean =>
        ending.test(name);
const errors = named(/-(users|products|orders|payments|search)-error-rate$/);
const latency = named(/-(users|products|orders|payments|search)-latency-p99$/);
const tasks = named(/-service-unhealthy-hosts$/);
const hosts = named(/load-balancer-unhealthy-hosts$/);
const apis = named(/-api$/);

function removing(target: string, type: string, where: (resource: Recorded) => boolean, by = rule): Operator {
    return {
        kind: "remove",
        target,
        rule: by,
        appliesTo: (resource) => resource.type === type && where(resource),
        apply: (resource, program) => without(program, resource),
    };
}

/** An operator on each query of an alarm. */
function watching(
    kind: Kind,
    target: string,
    where: (resource: Recorded) => boolean,
    change: (metric: Props) => void,
): Operator {
    return {
        kind,
        target,
        rule,
        appliesTo: (resource) => resource.type === alarm && where(resource),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                const queries = props.metricQueries as { metric?: Props | null }[];
                queries.forEach(({ metric }) => {
                    if (metric) {
                        change(metric);
                    }
                });
            }),
    };
}

function setIn(
    type: string,
    target: string,
    kind: Kind,
    path: string,
    value: unknown,
    where: (resource: Recorded) => boolean,
): Operator {
    return { ...setting(rule, kind, type, path, value, where), target };
}

const alarms: readonly Operator[] = [
    removing("an API's alarm for errors", alarm, errors),
    removing("an API's alarm for latency", alarm, latency),
    removing("a service's alarm for tasks", alarm, tasks),
    removing("the load balancer's alarm for hosts", alarm, hosts),
    removing("an API's composite alarm", composite, apis),
    setIn(alarm, "an API's share of errors", "loosen", "threshold", 1, errors),
    setIn(alarm, "an API's latency", "loosen", "threshold", 60_000, latency),
    setIn(alarm, "the tasks that a service may lack", "loosen", "threshold", 100, tasks),
    setIn(
        alarm,
        "an alarm that rings when all is well",
        "flip",
        "comparisonOperator",
        "LessThanThreshold",
        errors,
    ),
    setIn(alarm, "an alarm's actions", "flip", "actionsEnabled", false, latency),
    setIn(alarm, "the load balancer's alarm's actions", "remove", "alarmActions", undefined, hosts),
    setIn(composite, "a composite alarm's actions", "remove", "alarmActions", undefined, apis),
    setIn(composite, "a composite alarm's actions to off", "flip", "actionsEnabled", false, apis),
    setIn(
        composite,
        "a composite alarm that another suppresses",
        "bypass",
        "actionsSuppressor",
        { alarm: "x" },
        apis,
    ),
    {
        kind: "bypass",
        target: "a composite alarm that never rings",
        rule,
        appliesTo: (resource) => resource.type === composite && apis(resource),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                props.alarmRule = `${String(props.alarmRule)} AND FALSE`;
            }),
    },
    watching("rename", "the API that an alarm is for", errors, ({ dimensions }) => {
        (dimensions as Props).ApiName = "another";
    }),
    watching("loosen", "an alarm for the average latency", latency, (metric) => {
        metric.stat = "Average";
    }),
    watching("rename", "the service that an alarm is for", tasks, ({ dimensions }) => {
        (dimensions as Props).ServiceName = "another";
    }),
    {
        kind: "detach",
        target: "the load balancer's alarm from its hosts",
        rule,
        appliesTo: (resource) => resource.type === alarm && hosts(resource),
        apply: (resource, program) =>
            replaced(program, resource, ({ from }) => {
                delete from.metricQueries;
            }),
    },
];

const shows = "observability-dashboards";

const dashboards: readonly Operator[] = [
    {
        kind: "remove",
        target: "every dashboard",
        rule: shows,
        appliesTo: ofType("shop:observability:TrafficObservability"),
        apply: (_, program) => program.filter(({ type }) => type !== dashboard),
    },
    removing(
        "a service's metric filter",
        "aws:cloudwatch/logMetricFilter:LogMetricFilter",
        named(/-service-inbound-duration$/),
        shows,
    ),
    {
        ...setting(shows, "forge", "shop:observability:TrafficObservability", "shows", {}),
        target: "names that dashboards are said to show",
        only: "preview",
    },
    {
        ...setting(shows, "rename", dashboard, "dashboardBody", '{"widgets":[]}'),
        target: "a dashboard that is empty",
        only: "up",
    },
];

/** Ways to have nobody see or hear what ADR-003 has watched. */
export const observabilityOperators: readonly Operator[] = [...alarms, ...dashboards];
