import { createHash } from "node:crypto";
import { hasUnknown, isList } from "../rpc/values";
import type { Props, Value } from "../rpc/values";

/** Thrown when an output depends on an input that is not known yet: the output is then unknown too. */
export class NotKnownYet extends Error {}

/** The account and region that an emulated resource is in. */
export interface Scope {
    readonly account: string;
    readonly region: string;
    readonly partition: string;
}

export interface Basis extends Scope {
    /** What ids are derived from: differs for each creation, and is the same in each run. */
    readonly seed: string;
    readonly inputs: Props;
    /** Empty while the id itself is being computed. */
    readonly id?: string;
    /** Outputs before this update; absent on creation. */
    readonly before?: Props;
    readonly count: (kind: string, key: string) => number;
}

/** What an emulation may read to compute ids and outputs. */
export class Reading implements Scope {
    public readonly account: string;
    public readonly region: string;
    public readonly partition: string;
    public readonly id: string;

    public constructor(
        private readonly basis: Basis,
        private readonly memory = new Map<string, unknown>(),
    ) {
        this.account = basis.account;
        this.partition = basis.partition;
        this.region = typeof basis.inputs.region === "string" ? basis.inputs.region : basis.region;
        this.id = basis.id ?? "";
    }

    /** The same reading once the id is known; what was made for the id is remembered. */
    public identified(id: string): Reading {
        return new Reading({ ...this.basis, id }, this.memory);
    }

    /** The input, or undefined where it is absent. */
    public input(name: string): Value | undefined {
        const value = this.basis.inputs[name] ?? undefined;
        if (hasUnknown(value)) {
            throw new NotKnownYet(name);
        }
        return value;
    }

    public text(name: string, fallback = ""): string {
        const value = this.input(name);
        return value === undefined || typeof value === "object" ? fallback : String(value);
    }

    public list(name: string): readonly Value[] {
        const value = this.input(name);
        return isList(value) ? value : [];
    }

    /** Lower-case hexadecimal digits that belong to this resource alone; `salt` tells several values apart. */
    public hex(length: number, salt = ""): string {
        return [...digest(this.origin, salt)]
            .map((byte) => byte.toString(16).padStart(2, "0"))
            .join("")
            .slice(0, length);
    }

    /** Characters of the alphabet, likewise. At most 64. */
    public letters(alphabet: string, length: number, salt = ""): string {
        const bytes = [...digest(this.origin, salt), ...digest(this.origin, `${salt}+`)];
        return bytes
            .map((byte) => alphabet.charAt(byte % alphabet.length))
            .join("")
            .slice(0, length);
    }

    public uuid(salt = ""): string {
        return this.hex(32, salt).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    }

    public arn(service: string, resource: string): string {
        return `arn:${this.partition}:${service}:${this.region}:${this.account}:${resource}`;
    }

    /** For services without regions, such as IAM. */
    public globalArn(service: string, resource: string): string {
        return `arn:${this.partition}:${service}::${this.account}:${resource}`;
    }

    /** The next number in a series that outlives the resource, such as a task definition family's revisions. */
    public next(series: string, key: string): number {
        return this.basis.count(series, key);
    }

    /** The output as it was before this update; made now on creation. */
    public kept(output: string, make: () => Value | Promise<Value>): Value | Promise<Value> {
        return this.basis.before?.[output] ?? make();
    }

    /** One result for several outputs that are made together, such as a key pair. */
    public once<T>(key: string, make: () => T): T {
        if (!this.memory.has(key)) {
            this.memory.set(key, make());
        }
        return this.memory.get(key) as T;
    }

    private get origin(): string {
        return this.id === "" ? this.basis.seed : this.id;
    }
}

function digest(origin: string, salt: string): Buffer {
    return createHash("sha256").update(`${origin}\n${salt}`).digest();
}
