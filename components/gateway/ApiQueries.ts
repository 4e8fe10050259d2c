import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { Issue } from "../model/issues";
import { rejectIssues } from "../reject";
import { transformed, type Transform } from "../transform";
import type { ApiEdge } from "./ApiEdge";
import type { ExternalApi } from "./ExternalApi";
import { savedInParts } from "./queryParts";
import { accessQueries, deprecationQueries, firewallQueries } from "./savedQueries";

export interface ApiQueriesArgs {
    /** Whose Web ACL's log is asked. */
    readonly edge: ApiEdge;
    /** APIs whose access logs are asked. */
    readonly apis: readonly ExternalApi[];
    readonly transform?: { readonly query?: Transform<cloudwatch.QueryDefinitionArgs> };
}

/** The saved queries over the logs of all APIs and of the Web ACL before them (ADR-003, "Monitoring and Analytics"). */
export class ApiQueries extends pulumi.ComponentResource {
    /** Query by its name, such as `usage-by-consumer`. */
    readonly nodes: Readonly<Record<string, cloudwatch.QueryDefinition>>;

    constructor(name: string, args: ApiQueriesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:ApiQueries", name, {}, opts);
        const { apis, edge, transform } = args;
        const accessLogs = apis.flatMap(({ nodes }) =>
            Object.values(nodes).map((version) => version.accessLogs),
        );
        rejectIssues("ApiQueries", name, checkApis(accessLogs.length), this);
        const retiring = apis.flatMap(({ deprecated, nodes }) =>
            deprecated.flatMap((version) => nodes[version]?.accessLogs ?? []),
        );
        const queries = [
            ...accessQueries.map((each) => ({ ...each, groups: accessLogs })),
            ...(retiring.length === 0 ? [] : deprecationQueries).map((each) => ({
                ...each,
                groups: retiring,
            })),
            ...firewallQueries.map((each) => ({ ...each, groups: [edge.nodes.webAclLogs] })),
        ].flatMap(savedInParts);
        const created = queries.map(({ name: query, groups, query: queryString }) => {
            const definition: cloudwatch.QueryDefinitionArgs = {
                name: `${edge.placement.prefix}/gateway/${query}`,
                queryString,
                logGroupNames: groups.map((group) => group.name),
            };
            const resource = new cloudwatch.QueryDefinition(
                `${name}-${query}`,
                transformed(definition, transform?.query),
                { parent: this },
            );
            return [query, resource] as const;
        });
        this.nodes = Object.fromEntries(created);
        this.registerOutputs({ queries: queries.map((each) => each.name) });
    }
}

function checkApis(versions: number): readonly Issue[] {
    return versions > 0 ? [] : [{ path: "apis", got: "no version", want: "at least one version of an API" }];
}
