import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import { savedInParts } from "../gateway/queryParts";
import { transformed } from "../transform";
import type { LogMetric } from "./metrics/logMetric";
import type { TrafficObservabilityArgs, TrafficObservabilityTransform } from "./observabilityArgs";
import { meshQueries, pathQueries } from "./queries/savedQueries";

/** Log groups of the two layers, by their names. */
export interface LogGroups {
    readonly gateway: readonly cloudwatch.LogGroup[];
    readonly mesh: readonly cloudwatch.LogGroup[];
}

export function logGroupsOf({ apis, ingress, services }: TrafficObservabilityArgs): LogGroups {
    return {
        gateway: apis.flatMap(({ api }) => Object.values(api.nodes).map(({ accessLogs }) => accessLogs)),
        mesh: [...(ingress === undefined ? [] : [ingress]), ...services].map(
            ({ nodes }) => nodes.task.logGroup,
        ),
    };
}

/** They wait for the log groups, which their names alone would not tell. */
export function createMetricFilters(
    name: string,
    filters: readonly LogMetric[],
    { gateway, mesh }: LogGroups,
    transform: TrafficObservabilityTransform,
    parent: pulumi.Resource,
): Readonly<Record<string, cloudwatch.LogMetricFilter>> {
    const dependsOn = [...gateway, ...mesh];
    const created = filters.map((filter) => {
        const { key, logGroup, namespace, pattern, unit, value } = filter;
        const dimensions =
            Object.keys(filter.dimensions).length === 0 ? {} : { dimensions: filter.dimensions };
        const args: cloudwatch.LogMetricFilterArgs = {
            name: key,
            logGroupName: logGroup,
            pattern,
            metricTransformation: { namespace, name: filter.name, value, unit, ...dimensions },
        };
        const resource = new cloudwatch.LogMetricFilter(
            `${name}-${key}`,
            transformed(args, transform.metricFilter),
            { parent, dependsOn },
        );
        return [key, resource] as const;
    });
    return Object.fromEntries(created);
}

export function createQueries(
    name: string,
    prefix: string,
    { gateway, mesh }: LogGroups,
    transform: TrafficObservabilityTransform,
    parent: pulumi.Resource,
): Readonly<Record<string, cloudwatch.QueryDefinition>> {
    const all = [
        ...pathQueries.map((query) => ({ ...query, folder: "path", groups: [...gateway, ...mesh] })),
        ...meshQueries.map((query) => ({ ...query, folder: "mesh", groups: mesh })),
    ];
    const created = all.flatMap(savedInParts).map(({ folder, groups, name: key, query }) => {
        const args: cloudwatch.QueryDefinitionArgs = {
            name: `${prefix}/${folder}/${key}`,
            queryString: query,
            logGroupNames: groups.map((group) => group.name),
        };
        const resource = new cloudwatch.QueryDefinition(
            `${name}-${key}`,
            transformed(args, transform.query),
            { parent },
        );
        return [key, resource] as const;
    });
    return Object.fromEntries(created);
}
