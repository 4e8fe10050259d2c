import { memberName } from "../facts/callGraph";
import { readDashboard } from "../facts/dashboards";
import { restApiOf } from "../facts/gateway/apis";
import { observedIn } from "../facts/observed";
import type { Resource, Stack } from "../facts/stack";
import { containersOf, taskDefinitionOf } from "../facts/taskDefinitions";
import { gather, type Finding } from "../finding";
import { each, type Rule } from "../rule";

const dashboardType = "aws:cloudwatch/dashboard:Dashboard";
const filterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter";

/** ADR-003: whoever is told finds what to look at. */
export function observabilityDashboards(): Rule {
    return {
        id: "observability-dashboards",
        title: "Dashboards of every API and every service",
        description:
            "Every public API and every service is drawn on a CloudWatch dashboard of the program, and the log of every service is counted.",
        clause: "CloudWatch dashboards; Service-to-service communication metrics; Load balancing metrics; Traffic flow metrics",
        severity: "medium",
        controls: [],
        remediation:
            "give the API and its services to TrafficObservability, and leave its dashboards and metric filters as generated.",
        settings: {},
        waiting: { 1: "the proxies that count what services do do not run yet; APIs are held to it" },
        checks: (stack) => {
            const { stages, services } = observedIn(stack);
            const dashboards = stages.length === 0 ? [] : stack.ofType(dashboardType).map(readDashboard);
            const shown = new Set(dashboards.flatMap(({ names }) => names));
            const counted = countedLogs(stack);
            return [
                ...dashboards.map(({ resource, unread }) => ({ subject: resource, judge: () => unread })),
                ...each(stages, (stage) => isShown(restApiOf(stage).props.get("name").text, shown)),
                ...each(services, (service) =>
                    gather(
                        () => isShown(memberName(service), shown),
                        () => isCounted(service, counted),
                    ),
                ),
            ];
        },
    };
}

function isShown(name: string | undefined, shown: ReadonlySet<string>): readonly Finding[] {
    return name !== undefined && shown.has(name)
        ? []
        : [{ at: "dashboards", found: `none that shows ${name ?? "it"}`, required: "one of this program" }];
}

function countedLogs(stack: Stack): ReadonlySet<string> {
    return new Set(stack.ofType(filterType).flatMap(({ props }) => props.get("logGroupName").text ?? []));
}

/** The proxy writes a line for each request; a metric filter makes numbers of them. */
function isCounted(service: Resource, counted: ReadonlySet<string>): readonly Finding[] {
    const groups = containersOf(taskDefinitionOf(service)).map((container) =>
        container.get("logConfiguration", "options", "awslogs-group"),
    );
    return groups.some(({ text }) => text !== undefined && counted.has(text))
        ? []
        : [
              {
                  at: "metric filters",
                  found: "none on its log group",
                  required: "one that counts its requests",
              },
          ];
}
