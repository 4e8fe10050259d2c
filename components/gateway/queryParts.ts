import { onePartOrMore } from "../partsOf";

/** Log groups of one query. Source: CloudWatch Logs user guide, "CloudWatch Logs quotas", QueryDefinition, and "SOURCE". */
export const mostLogGroups = 50;

interface Query {
    readonly groups: readonly unknown[];
}

/** A query over more log groups than one may have is several; `named` gives those after the first their own names. */
export function inParts<T extends Query>(query: T, named: (query: T, part: number) => T): readonly T[] {
    return onePartOrMore(query.groups, mostLogGroups).map((groups, index) => ({
        ...(index === 0 ? query : named(query, index + 1)),
        groups,
    }));
}

/** The first part of a saved query keeps its name. */
export function savedInParts<T extends Query & { readonly name: string }>(query: T): readonly T[] {
    return inParts(query, (each, part) => ({ ...each, name: `${each.name}-${part}` }));
}
