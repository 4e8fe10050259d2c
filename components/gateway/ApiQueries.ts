import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { Issues, type Issue } from "../model/issues";
import type { Placement } from "../placement";
import { rejectIssues } from "../reject";
import { transformed, type Transform } from "../transform";
import type { ExternalApi } from "./ExternalApi";
import { savedQueries } from "./savedQueries";

export interface ApiQueriesArgs {
    readonly placement: Placement;
    /** APIs whose access logs are asked. */
    readonly apis: readonly ExternalApi[];
    readonly transform?: { readonly query?: Transform<cloudwatch.QueryDefinitionArgs> };
}

/** Log groups that one query may ask. Source: "CloudWatch Logs quotas", QueryDefinition. */
const maximumLogGroups = 50;

/** The saved queries over the access logs of all APIs (ADR-003, "Monitoring and Analytics"). */
export class ApiQueries extends pulumi.ComponentResource {
    /** Query by its name, such as `usage-by-consumer`. */
    readonly nodes: Readonly<Record<string, cloudwatch.QueryDefinition>>;

    constructor(name: string, args: ApiQueriesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:ApiQueries", name, {}, opts);
        const { apis, placement, transform } = args;
        const groups = apis.flatMap(({ nodes }) => Object.values(nodes).map(({ accessLogs }) => accessLogs));
        rejectIssues("ApiQueries", name, checkGroups(groups.length), this);
        const created = savedQueries.map(({ name: query, query: queryString }) => {
            const definition: cloudwatch.QueryDefinitionArgs = {
                name: `${placement.prefix}/gateway/${query}`,
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
        this.registerOutputs({ queries: savedQueries.map((each) => each.name) });
    }
}

function checkGroups(count: number): readonly Issue[] {
    const issues = new Issues();
    const want = `1 to ${maximumLogGroups} log groups, one for each version of each API`;
    issues.require(count >= 1 && count <= maximumLogGroups, "apis", `${count} log groups`, want);
    return issues.all;
}
