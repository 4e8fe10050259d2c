/**
 * Property values as the engine sends them over RPC: plain JSON, in which an unknown is one fixed string and a
 * secret is an object with a signature (github.com/pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go).
 */
export type Value = null | boolean | number | string | readonly Value[] | Props;
export interface Props {
    readonly [key: string]: Value;
}

/** What stands for a value that is not known before the deployment has run. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

export function isProps(value: Value | undefined): value is Props {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
    return Array.isArray(value);
}

export function isSecret(value: Value): boolean {
    return isProps(value) && value[SIGNATURE] === SECRET;
}

export function secret(value: Value): Value {
    return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** A scalar's text; lists and objects as JSON. */
export function asText(value: Value | undefined): string {
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Whether the value, or any part of it, is unknown. */
export function hasUnknown(value: Value | undefined): boolean {
    if (isList(value)) {
        return value.some(hasUnknown);
    }
    return isProps(value) ? Object.values(value).some(hasUnknown) : value === UNKNOWN;
}

/** The value without secret and output wrappers; an output whose value is absent is unknown. */
export function plain(value: Value): Value {
    if (isList(value)) {
        return value.map(plain);
    }
    if (!isProps(value)) {
        return value;
    }
    const signature = value[SIGNATURE];
    if (signature === SECRET || signature === OUTPUT) {
        return plain(value.value ?? UNKNOWN);
    }
    return plainProps(value);
}

export function plainProps(props: Props): Props {
    return Object.fromEntries(Object.entries(props).map(([key, value]) => [key, plain(value)]));
}

/** Deep equality that takes a property set to null for one that is absent, as the engine does. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
    if (isList(a) && isList(b)) {
        return a.length === b.length && a.every((item, index) => equal(item, b[index]));
    }
    if (isProps(a) && isProps(b)) {
        return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => equal(a[key], b[key]));
    }
    return (a ?? undefined) === (b ?? undefined);
}

/** Names of the properties that differ, in alphabetical order. */
export function changedKeys(a: Props, b: Props): string[] {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])]
        .filter((key) => !equal(a[key], b[key]))
        .sort();
}
