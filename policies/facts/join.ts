import { Unjudgeable } from "../finding";
import type { Resource } from "./stack";
import type { Value } from "./value";

/**
 * The one resource of a type that a property names. While the value is unknown its dependencies decide, and they must name
 * exactly one resource; once it is known it must also agree with what that resource is called, because a combined
 * output can list a resource as a dependency and drop its value.
 */
export function joined(
    from: Resource,
    property: string,
    type: string,
    names: (target: Resource) => readonly (string | undefined)[],
): Resource {
    const value = from.props.get(property);
    const sources = from.sources(property, type);
    const [target, ...others] = sources;
    if (target === undefined || others.length > 0) {
        const found = sources.length === 0 ? "none" : sources.map(({ name }) => `"${name}"`).join(", ");
        throw new Unjudgeable({
            at: property,
            found: `${found} (${value.shown})`,
            required: `an output of exactly one ${type} of this program`,
        });
    }
    if (!value.isUnknown && !names(target).includes(value.text ?? "")) {
        throw value.unjudgeable(`the value of ${type} "${target.name}", from which it claims to be made`);
    }
    return target;
}

/** Nothing where the value is another stack's, which is judged there; else what `joined` finds. */
export function joinedUnless(
    isForeign: (value: Value) => boolean,
    ...[from, property, type, names]: Parameters<typeof joined>
): Resource | undefined {
    return isForeign(from.props.get(property)) ? undefined : joined(from, property, type, names);
}
