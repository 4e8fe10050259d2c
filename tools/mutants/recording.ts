/** The engine's way of saying that a value is not known yet. Source: Pulumi SDK, `UnknownStringValue`. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource as the engine told a policy about it. */
export interface Recorded {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly parent?: string;
    /** Type of the provider that makes it; a component has none. */
    readonly provider?: string;
    readonly props: Readonly<Record<string, unknown>>;
    /** Property to the resources that it was made from. */
    readonly from: Readonly<Record<string, readonly string[]>>;
}
