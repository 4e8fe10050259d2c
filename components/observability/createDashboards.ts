import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import type { UnknownValues } from "./createAlarms";
import type { TrafficObservabilityTransform } from "./observabilityArgs";
import type { ResolvedDashboard } from "./resolveObservability";
import { namesShown } from "./dashboards/body";
import { fillUnknowns, unknowns } from "./unknowns";

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
            resourceName(name, key),
            transformed(args, transform.dashboard),
            { parent },
        );
        return [key, resource] as const;
    });
    return Object.fromEntries(created);
}

/**
 * What each dashboard draws, by the resource's name, for policies: the bodies are unknown until AWS has named load balancer and certificate.
 * Names that only AWS gives are left out.
 */
export function namesOnDashboards(
    name: string,
    dashboards: readonly ResolvedDashboard[],
): Readonly<Record<string, readonly string[]>> {
    const placeholders = new Set<string>(Object.values(unknowns));
    const shown = dashboards.map(({ body, key }) => {
        const names = namesShown(body).filter((each) => !placeholders.has(each));
        return [resourceName(name, key), names] as const;
    });
    return Object.fromEntries(shown);
}

function resourceName(name: string, key: string): string {
    return `${name}-${key}-dashboard`;
}
