import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import type { UnknownValues } from "./createAlarms";
import type { TrafficObservabilityTransform } from "./observabilityArgs";
import type { ResolvedDashboard } from "./resolveObservability";
import { fillUnknowns } from "./unknowns";

/** Bodies were checked with placeholders in place of what AWS names only when it makes it. */
export function createDashboards(
    name: string,
    dashboards: readonly ResolvedDashboard[],
    values: UnknownValues,
    transform: TrafficObservabilityTransform,
    parent: pulumi.Resource,
): Readonly<Record<string, cloudwatch.Dashboard>> {
    const filled = pulumi.output(values);
    const created = dashboards.map(({ body, key, name: dashboardName }) => {
        const text = JSON.stringify(body);
        const args: cloudwatch.DashboardArgs = {
            dashboardName,
            dashboardBody: filled.apply((known) => fillUnknowns(text, known)),
        };
        const resource = new cloudwatch.Dashboard(
            `${name}-${key}-dashboard`,
            transformed(args, transform.dashboard),
            { parent },
        );
        return [key, resource] as const;
    });
    return Object.fromEntries(created);
}
