import type { PolicyResource } from "@pulumi/policy";
import { copyPlain } from "./plain";
import { Value } from "./value";

/** A resource as a rule sees it. */
export interface Resource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly props: Value;
    /** Resources of a type from which a property was made: what a join can go by while the value itself is unknown. */
    sources(property: string, type: string): readonly Resource[];
}

/** Everything that a program deploys. */
export class Stack {
    private readonly byUrn: ReadonlyMap<string, Resource>;

    constructor(resources: readonly PolicyResource[]) {
        const byUrn = new Map<string, Resource>();
        for (const resource of resources) {
            byUrn.set(resource.urn, lazily(resource, byUrn));
        }
        this.byUrn = byUrn;
    }

    ofType(type: string): readonly Resource[] {
        return [...this.byUrn.values()].filter((resource) => resource.type === type);
    }
}

/** Properties are copied when a rule first asks for them: most resources interest no rule. */
function lazily(resource: PolicyResource, all: ReadonlyMap<string, Resource>): Resource {
    let props: Value | undefined;
    return {
        urn: resource.urn,
        type: resource.type,
        name: resource.name,
        get props() {
            props ??= new Value(
                "",
                copyPlain(() => resource.props),
            );
            return props;
        },
        sources(property, type) {
            const urns = new Set((resource.propertyDependencies[property] ?? []).map(({ urn }) => urn));
            return [...urns].flatMap((urn) => all.get(urn) ?? []).filter((source) => source.type === type);
        },
    };
}
