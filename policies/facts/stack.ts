import type { PolicyResource } from "@pulumi/policy";
import { copyPlain } from "./plain";
import { Value } from "./value";

/** A resource as a rule sees it. */
export interface Resource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly props: Value;
    /** Whether a provider makes it; a component makes nothing but its children. */
    readonly isCustom: boolean;
    /** Everything that is deployed with it. */
    readonly program: Stack;
    /** The component, or the resource, under which it was made. */
    readonly parent: Resource | undefined;
    /** Resources of a type from which a property was made: what a join can go by while the value itself is unknown. */
    sources(property: string, type: string): readonly Resource[];
    /** Whether a property is unknown because the provider fills it in: the program said nothing, or it would be made from something. */
    isComputed(property: string): boolean;
}

/** Everything that a program deploys. */
export class Stack {
    private readonly byUrn: ReadonlyMap<string, Resource>;
    private readonly byTypes = new Map<string, readonly Resource[]>();

    constructor(resources: readonly PolicyResource[]) {
        const byUrn = new Map<string, Resource>();
        for (const resource of resources) {
            byUrn.set(resource.urn, lazily(resource, byUrn, this));
        }
        this.byUrn = byUrn;
    }

    get all(): readonly Resource[] {
        return [...this.byUrn.values()];
    }

    /** Rules ask for the same types for each of many resources. */
    ofType(...types: readonly string[]): readonly Resource[] {
        const key = types.join();
        const known = this.byTypes.get(key);
        const found = known ?? this.all.filter(({ type }) => types.includes(type));
        this.byTypes.set(key, found);
        return found;
    }
}

/** Properties are copied when a rule first asks for them: most resources interest no rule. */
function lazily(resource: PolicyResource, all: ReadonlyMap<string, Resource>, program: Stack): Resource {
    let props: Value | undefined;
    const sourcesOf = (property: string): readonly Resource[] => {
        const urns = new Set((resource.propertyDependencies[property] ?? []).map(({ urn }) => urn));
        return [...urns].flatMap((urn) => all.get(urn) ?? []);
    };
    return {
        urn: resource.urn,
        type: resource.type,
        name: resource.name,
        program,
        isCustom: resource.provider !== undefined,
        get props() {
            props ??= new Value(
                "",
                copyPlain(() => resource.props),
            );
            return props;
        },
        get parent() {
            return resource.parent === undefined ? undefined : all.get(resource.parent.urn);
        },
        sources(property, type) {
            return sourcesOf(property).filter((source) => source.type === type);
        },
        isComputed(property) {
            return this.props.get(property).isUnknown && sourcesOf(property).length === 0;
        },
    };
}
