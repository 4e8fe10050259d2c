import { gatewayGrants } from "./grants/gateway";
import { meshGrants } from "./grants/mesh";
import { networkGrants } from "./grants/network";
import { observabilityGrants } from "./grants/observability";
import { platformGrants } from "./grants/platform";
import type { Condition, Grant, Scope } from "./scope";

export interface Statement {
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: readonly string[] | "*";
    readonly Condition?: Condition;
}

/** What a role may do: all that a deploy needs, or what only reads. */
export type Access = "read" | "deploy";

/** Parts of what a stack needs; each becomes a policy of its own, since IAM limits the length of one. */
export const areas = ["network", "gateway", "mesh", "platform", "observability"] as const;
export type Area = (typeof areas)[number];

const grants: Readonly<Record<Area, (scope: Scope) => readonly Grant[]>> = {
    network: networkGrants,
    gateway: gatewayGrants,
    mesh: meshGrants,
    platform: platformGrants,
    observability: observabilityGrants,
};

/** Every type of resource that the delivery roles know how to deploy. */
export function coveredTypes(scope: Scope): ReadonlySet<string> {
    return new Set(areas.flatMap((area) => grants[area](scope)).flatMap(({ types }) => types));
}

/** What names its resources, by area. */
export function scopedStatements(scope: Scope, area: Area, access: Access): readonly Statement[] {
    return merged(
        grants[area](scope).flatMap((grant) => {
            const actions = actionsOf(grant, access);
            return grant.on === "everything" || actions.length === 0
                ? []
                : [statement(actions, grant.on, grant.condition)];
        }),
    );
}

/** What AWS ties to no resource: to the region instead, or, for services that have none, to where they are. */
export function unscopedStatements(scope: Scope, access: Access): readonly Statement[] {
    const all = areas.flatMap((area) => grants[area](scope)).filter(({ on }) => on === "everything");
    return merged(
        all.flatMap((grant) =>
            actionsOf(grant, access).map((action) => {
                const region = action.startsWith("route53:") ? "us-east-1" : scope.region;
                const { StringEquals = {} } = grant.condition ?? {};
                return statement([action], "*", {
                    StringEquals: { "aws:RequestedRegion": region, ...StringEquals },
                });
            }),
        ),
    );
}

export function asDocument(statements: readonly Statement[]): string {
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function actionsOf({ read = [], write = [] }: Grant, access: Access): readonly string[] {
    return access === "read" ? read : [...read, ...write];
}

export function statement(
    actions: readonly string[],
    resources: readonly string[] | "*",
    condition?: Condition,
): Statement {
    return {
        Effect: "Allow",
        Action: [...actions].sort(),
        Resource: resources,
        ...(condition === undefined ? {} : { Condition: condition }),
    };
}

/** One statement for what has the same resources and conditions: policies are short. */
function merged(statements: readonly Statement[]): readonly Statement[] {
    const bySubject = new Map<string, Statement>();
    for (const each of statements) {
        const subject = JSON.stringify([each.Resource, each.Condition]);
        const before = bySubject.get(subject)?.Action ?? [];
        bySubject.set(subject, { ...each, Action: [...new Set([...before, ...each.Action])].sort() });
    }
    return [...bySubject.values()];
}
