/** Consecutive parts of a list, each of `size` items but the last; none of an empty list. */
export function partsOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
    const count = Math.ceil(items.length / size);
    return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** The same, but one empty part of an empty list. */
export function onePartOrMore<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
    return items.length === 0 ? [items] : partsOf(items, size);
}
