/** A field by its name; a list's element by its index or its `name`. */
export type Step = string | number;

/** A copy in which one place holds another value; `undefined` removes it. Parts that the original shares are apart in the copy. */
export function edited<T>(original: T, path: readonly Step[], value: unknown): T {
    const copy = JSON.parse(JSON.stringify(original)) as T;
    const last = path.at(-1);
    const parent = path.slice(0, -1).reduce<unknown>(child, copy);
    if (last === undefined || typeof parent !== "object" || parent === null) {
        throw new Error(`${path.join(".")} leads nowhere`);
    }
    const key = keyOf(parent, last);
    if (value !== undefined) {
        Reflect.set(parent, key, value);
    } else if (Array.isArray(parent)) {
        parent.splice(Number(key), 1);
    } else if (!Reflect.deleteProperty(parent, key)) {
        throw new Error(`${path.join(".")} cannot be removed`);
    }
    return copy;
}

export function read(original: unknown, path: readonly Step[]): unknown {
    return path.reduce<unknown>(child, original);
}

function child(parent: unknown, step: Step): unknown {
    if (typeof parent !== "object" || parent === null) {
        throw new Error(`${step} leads nowhere`);
    }
    return Reflect.get(parent, keyOf(parent, step));
}

function keyOf(parent: object, step: Step): string {
    if (!Array.isArray(parent) || typeof step === "number") {
        return String(step);
    }
    const index = parent.findIndex(
        (item: unknown) => typeof item === "object" && item !== null && Reflect.get(item, "name") === step,
    );
    if (index < 0) {
        throw new Error(`no element is named ${step}`);
    }
    return String(index);
}
