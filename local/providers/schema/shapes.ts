/** What a provider's type declarations say of a value; small enough to be kept as JSON. */
export type Shape =
    | { readonly kind: "string" | "number" | "boolean" | "any" }
    | { readonly kind: "list" | "map"; readonly of: Shape }
    /** `type` is the name of a nested input type, e.g. `ecs.ServiceLoadBalancer`. */
    | { readonly kind: "object"; readonly type: string }
    | { readonly kind: "either"; readonly of: readonly Shape[] };

export interface Field {
    readonly shape: Shape;
    readonly required: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

export interface ResourceShape {
    readonly inputs: Fields;
    /** Everything that the resource class declares as an output, inputs included. */
    readonly outputs: readonly string[];
}

export interface PackageShapes {
    /** By type token, e.g. `aws:ecs/service:Service`. */
    readonly resources: Readonly<Record<string, ResourceShape>>;
    /** Nested input types by name. */
    readonly types: Readonly<Record<string, Fields>>;
}
