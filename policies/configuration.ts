import type { PolicyConfigSchema } from "@pulumi/policy";

type Property = PolicyConfigSchema["properties"][string];

/** A rule's settings: the default of each and what it may be. Stricter than the ADR is accepted, looser is refused by the schema. */
export type Settings = Readonly<Record<string, Property & { readonly default: unknown }>>;

/** A number from `strictest` to the ADR's `most`, which is the default. */
export function atMost(most: number, strictest = 1): Property & { readonly default: number } {
    return { type: "integer", minimum: strictest, maximum: most, default: most };
}

/** A number from the ADR's `least`, which is the default, to `strictest`. */
export function atLeast(least: number, strictest: number): Property & { readonly default: number } {
    return { type: "integer", minimum: least, maximum: strictest, default: least };
}

/** What is configured, with the default of everything that is not; the engine has checked it against the schema. */
export function settled<S extends Settings>(settings: S, configured: object): Settled<S> {
    const defaults = Object.entries(settings).map(([name, property]) => [name, property.default] as const);
    return { ...Object.fromEntries(defaults), ...configured } as Settled<S>;
}

type Settled<S extends Settings> = { readonly [name in keyof S]: S[name]["default"] };
