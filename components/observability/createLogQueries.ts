import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import { accessLogGroup } from "../gateway/physicalNames";
import { savedInParts } from "../gateway/queryParts";
import { logGroupName } from "../mesh/MemberTask";
import { transformed } from "../transform";
import type { LogMetric } from "./metrics/logMetric";
import type { TrafficObservabilityArgs, TrafficObservabilityTransform } from "./observabilityArgs";
import { meshQueries, pathQueries } from "./queries/savedQueries";

/** Log groups of the two layers. */
export interface LogGroups {
    readonly gateway: readonly cloudwatch.LogGroup[];
    readonly mesh: readonly cloudwatch.LogGroup[];
    /** Of both, by their names as they are known at preview. */
    readonly byName: ReadonlyMap<string, cloudwatch.LogGroup>;
}

export function logGroupsOf({ apis, edge, ingress, services }: TrafficObservabilityArgs): LogGroups {
    const { prefix } = edge.placement;
    const gateway = apis.flatMap(({ api }) =>
        Object.entries(api.nodes).map(
            ([version, { accessLogs }]) => [accessLogGroup(prefix, api.api, version), accessLogs] as const,
        ),
    );
    const mesh = [...(ingress === undefined ? [] : [ingress]), ...services].map(
        ({ nodes: { task } }) => [logGroupName(prefix, task.member), task.logGroup] as const,
    );
    return {
        gateway: gateway.map(([, group]) => group),
        mesh: mesh.map(([, group]) => group),
        byName: new Map([...gateway, ...mesh]),
    };
}

/** Each waits for its log group, which the name alone would not tell. */
export function createMetricFilters(
    name: string,
    filters: readonly LogMetric[],
    { byName }: LogGroups,
    transform: TrafficObservabilityTransform,
    parent: pulumi.Resource,
): Readonly<Record<string, cloudwatch.LogMetricFilter>> {
    const created = filters.map((filter) => {
        const { key, logGroup, namespace, pattern, unit, value } = filter;
        const waitFor = byName.get(logGroup);
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
            { parent, dependsOn: waitFor === undefined ? [] : [waitFor] },
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
