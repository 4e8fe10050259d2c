import { strictJson } from "./strictJson";
import { isPlainList, isPlainObject, type Plain } from "./plain";
import { Value } from "./value";
import type { Resource } from "./stack";

/**
 * Statements of a policy document. While its text is unknown, the document that its component registered stands for it, in which
 * single ARNs may be unknown; once the text is known it is judged itself, and must say the same.
 */
export function statementsOf(resource: Resource, property: string): readonly Value[] {
    const document = resource.props.get(property);
    const registered = registeredFor(resource);
    if (document.isUnknown && !registered.isMissing) {
        return listOf(registered.get("Statement"));
    }
    const parsed = document.text === undefined ? undefined : strictJson(document.text);
    if (parsed === undefined) {
        throw document.unjudgeable("a policy document as JSON text, or one that its component registered");
    }
    if (!registered.isMissing && !isSame(parsed, registered.plain)) {
        throw document.unjudgeable("the document that its component registered", "another document");
    }
    return listOf(new Value(document.path, parsed).get("Statement"));
}

function registeredFor({ name, parent }: Resource): Value {
    return parent?.props.get("documents", name) ?? new Value("documents", undefined);
}

function isSame(a: Plain | undefined, b: Plain | undefined): boolean {
    if (isPlainList(a) && isPlainList(b)) {
        return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
    }
    if (isPlainObject(a) && isPlainObject(b)) {
        const names = new Set([...Object.keys(a), ...Object.keys(b)]);
        return [...names].every((name) => isSame(a[name], b[name]));
    }
    return (a ?? null) === (b ?? null);
}

/** IAM takes one or many in most places. */
export function listOf(value: Value): readonly Value[] {
    return value.isMissing ? [] : isPlainList(value.plain) ? value.items() : [value];
}
