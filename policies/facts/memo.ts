/** Longest text, in characters, that is remembered with what was read from it: a program of 128 services has a third of it. */
const mostRemembered = 32 * 2 ** 20;

/**
 * Reads each text once, whichever rules ask for it. A pack process may judge many programs, so what was read is forgotten when
 * it becomes too much.
 */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
    const results = new Map<string, T>();
    let length = 0;
    return (text) => {
        const known = results.get(text);
        if (known !== undefined) {
            return known;
        }
        if (length + text.length > mostRemembered) {
            results.clear();
            length = 0;
        }
        const result = read(text);
        results.set(text, result);
        length += text.length;
        return result;
    };
}

/** Makes something when it is first asked for, and never again. */
export function once<T>(make: () => T): () => T {
    let made: { readonly value: T } | undefined;
    return () => {
        made ??= { value: make() };
        return made.value;
    };
}
