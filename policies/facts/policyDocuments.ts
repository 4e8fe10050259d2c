import { strictJson } from "./strictJson";
import { isPlainList } from "./plain";
import { Value } from "./value";
import type { Resource } from "./stack";

/** Statements of a policy document; none while it is unknown because of resources that the deploy makes. */
export function statementsOf(resource: Resource, property: string): readonly Value[] {
    const document = resource.props.get(property);
    if (document.isMissing || document.isUnknown) {
        return [];
    }
    const parsed = document.text === undefined ? undefined : strictJson(document.text);
    if (parsed === undefined) {
        throw document.unjudgeable("a policy document as JSON text");
    }
    return listOf(new Value(document.path, parsed).get("Statement"));
}

/** IAM takes one or many in most places. */
export function listOf(value: Value): readonly Value[] {
    return value.isMissing ? [] : isPlainList(value.plain) ? value.items() : [value];
}
