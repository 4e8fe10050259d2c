/** Changes a child's arguments before it is created. The policies judge the result, so no transform can switch a rule off. */
export type Transform<T> = (args: T) => T;

export function transformed<T>(args: T, transform: Transform<T> | undefined): T {
    return transform === undefined ? args : transform(args);
}
