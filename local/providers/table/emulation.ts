import type { Props, Value } from "../rpc/values";
import type { Reading } from "./reading";

export type Compute = (reading: Reading) => Value | Promise<Value>;

/** A rule of AWS's that its API would refuse the inputs by; told before anything is created. */
export interface Problem {
    readonly property: string;
    readonly reason: string;
}

/** How the stand-in behaves for one resource type: what it computes, and what replaces the resource. */
export interface Emulation {
    /** The physical id, in the form that the real provider gives it. Read before any output. */
    readonly id: (reading: Reading) => string | Promise<string>;
    /** Outputs that are not inputs, or that are computed where the input is absent. Unknown at a preview. */
    readonly outputs: Readonly<Record<string, Compute>>;
    /** Inputs whose change replaces the resource in the real provider, or "all". */
    readonly replaces: readonly string[] | "all";
    /** Inputs that update in place although `replaces` is "all". */
    readonly updates?: readonly string[];
    /** Replacements that depend on the values; gives names of inputs. */
    readonly replacesWhen?: (before: Props, after: Props) => readonly string[];
    /** Outputs that change in place when one of these inputs does, and are then unknown at preview. */
    readonly changesWith?: Readonly<Record<string, readonly string[]>>;
    /** Outputs to be kept secret in the state. */
    readonly secrets?: readonly string[];
    /** The input that gets a name made up where there is none, unique per account; absent if the type has none. */
    readonly autoname?: Autoname;
    /** Values that the real provider puts in where an input is absent. */
    readonly defaults?: Props;
    /** What the real provider makes of inputs before it looks at them, e.g. policy documents turned into text. */
    readonly normalize?: (inputs: Props) => Props;
    /** Parts of an input may be unknown when this is called. */
    readonly check?: (inputs: Props) => readonly Problem[];
    /** What AWS refuses to change, in place or otherwise. */
    readonly fixed?: (before: Props, after: Props) => readonly Problem[];
    /** Whether an existing resource is due for replacement although no input changed; gives names of inputs. */
    readonly expired?: (state: Props, inputs: Props) => readonly string[];
}

export interface Autoname {
    readonly property: string;
    /** What the service wants each name to begin with. */
    readonly prefix?: string;
    /** In characters; longer logical names are cut. */
    readonly maxLength?: number;
}

export type Table = Readonly<Record<string, Emulation>>;
