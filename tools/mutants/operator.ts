import type { Recorded } from "./recording";

/** How an operator weakens a program. */
export type Kind = "remove" | "flip" | "loosen" | "detach" | "rename" | "duplicate" | "bypass" | "forge";

/** One way to break the ADR, and the rule that must say so. */
export interface Operator {
    readonly kind: Kind;
    /** What is weakened: part of the operator's name. */
    readonly target: string;
    readonly rule: string;
    /** Resources that it can be applied to; each makes a mutant. */
    readonly appliesTo: (resource: Recorded, program: readonly Recorded[]) => boolean;
    /** The weakened program. */
    readonly apply: (resource: Recorded, program: readonly Recorded[]) => readonly Recorded[];
    /** Where it exists: forged values show when they are known. */
    readonly only?: "preview" | "up";
}

/** A change that no rule may mind. */
export type Harmless = Omit<Operator, "kind" | "rule" | "only">;

export type Props = Record<string, unknown>;

/** A program in which one resource is another. */
export function replaced(
    program: readonly Recorded[],
    resource: Recorded,
    change: (copy: { props: Props; from: Record<string, readonly string[]>; type: string }) => void,
): readonly Recorded[] {
    const copy = structuredClone(resource) as Recorded & {
        props: Props;
        from: Record<string, readonly string[]>;
        type: string;
    };
    change(copy);
    return program.map((each) => (each.urn === resource.urn ? copy : each));
}

/** A program with one resource more, under the root or a parent. */
export function added(
    program: readonly Recorded[],
    type: string,
    name: string,
    props: Props,
    from: Record<string, readonly string[]> = {},
): readonly Recorded[] {
    const provider = /^(shop|pulumi):/.test(type)
        ? {}
        : { provider: `pulumi:providers:${type.split(":")[0] ?? ""}` };
    return [
        ...program,
        { type, name, urn: `urn:pulumi:mutant::traffic::${type}::${name}`, ...provider, props, from },
    ];
}

export function without(program: readonly Recorded[], resource: Recorded): readonly Recorded[] {
    return program.filter(({ urn }) => urn !== resource.urn);
}

export function ofType(...types: readonly string[]): (resource: Recorded) => boolean {
    return ({ type }) => types.includes(type);
}

/** Sets a property by its dotted path, or removes it. */
export function set(props: Props, path: string, value: unknown): void {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    const owner = steps.reduce<unknown>((at, step) => (at as Props)[step], props) as Props;
    if (value === undefined) {
        Reflect.deleteProperty(owner, last);
    } else {
        owner[last] = value;
    }
}

/** An operator that sets one property of every resource of a type. */
export function setting(
    rule: string,
    kind: Kind,
    type: string,
    path: string,
    value: unknown,
    where: (resource: Recorded) => boolean = () => true,
): Operator {
    return {
        kind,
        target: `${type.split(":").at(-1) ?? type} ${path}${value === undefined ? "" : ` = ${JSON.stringify(value)}`}`,
        rule,
        appliesTo: (resource) => resource.type === type && where(resource),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                set(props, path, value);
            }),
    };
}
