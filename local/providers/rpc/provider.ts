import type { Props } from "./values";

/** Which resource a request is about. */
export interface Subject {
    readonly urn: string;
    /** The type token, e.g. `aws:ecs/service:Service`. */
    readonly type: string;
    readonly name: string;
}

/** One reason why inputs are refused; `property` is a top-level name, or empty for the resource as a whole. */
export interface Failure {
    readonly property: string;
    readonly reason: string;
}

/** A name for a resource that has none, by the stack's `pulumi:autonaming`. */
export interface ProposedName {
    readonly name: string;
    /** Refuse where the name does not fit, instead of cutting it. */
    readonly enforced: boolean;
}

export interface Checked {
    readonly inputs: Props;
    readonly failures: readonly Failure[];
}

export interface Change {
    readonly id: string;
    /** Outputs of the last deployment. */
    readonly state: Props;
    readonly oldInputs: Props;
    readonly inputs: Props;
}

export interface Difference {
    readonly changed: readonly string[];
    readonly replacing: readonly string[];
    readonly deleteBeforeReplace: boolean;
}

export interface Created {
    /** Empty at preview, which the engine takes for unknown. */
    readonly id: string;
    readonly outputs: Props;
}

export interface Existing {
    readonly id: string;
    readonly state: Props;
    readonly inputs: Props;
}

/** What the engine asks of a plugin. Values arrive without secret wrappers and may hold unknowns at preview. */
export interface Provider {
    readonly version: string;
    checkConfig(config: Props): readonly Failure[];
    configure(config: Props): void;
    check(
        subject: Subject,
        oldInputs: Props | undefined,
        inputs: Props,
        proposed?: ProposedName,
    ): Promise<Checked>;
    diff(subject: Subject, change: Change): Difference;
    create(subject: Subject, inputs: Props, preview: boolean): Promise<Created>;
    update(subject: Subject, change: Change, preview: boolean): Promise<Props>;
    /** `state` are its last outputs: an id alone may be that of its successor too, such as a task definition's. */
    delete(subject: Subject, id: string, state: Props): Promise<void>;
    read(subject: Subject, existing: Existing): Existing;
    invoke(token: string, args: Props): Promise<Props>;
}
