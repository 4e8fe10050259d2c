import { Unjudgeable, type Finding } from "../finding";
import { isPlainList, isPlainObject, unknown, type Plain } from "./plain";

const longestShown = 120;

/**
 * A place in plain data that knows its own path, so that whatever is found there can be reported exactly. Scalars read as
 * `undefined` when they are absent, unknown or of another kind; lists and objects of the wrong kind end the judgement.
 */
export class Value {
    constructor(
        readonly path: string,
        readonly plain: Plain | undefined,
    ) {}

    get isMissing(): boolean {
        return this.plain === undefined || this.plain === null;
    }

    get isUnknown(): boolean {
        return this.plain === unknown;
    }

    /** A field of a message; a field of an unknown is unknown. */
    get(...names: readonly string[]): Value {
        const [name, ...others] = names;
        if (name === undefined) {
            return this;
        }
        return new Value(join(this.path, name), this.field(name)).get(...others);
    }

    private field(name: string): Plain | undefined {
        if (this.plain === unknown) {
            return unknown;
        }
        return isPlainObject(this.plain) && Object.hasOwn(this.plain, name) ? this.plain[name] : undefined;
    }

    /** Names of the fields that are set. */
    get fields(): readonly string[] {
        if (this.isMissing) {
            return [];
        }
        if (!isPlainObject(this.plain)) {
            throw this.unjudgeable("an object that is known at preview");
        }
        return Object.entries(this.plain).flatMap(([name, value]) => (value === null ? [] : [name]));
    }

    /** Elements of a list, addressed by their `name` where they have one; a missing list has none. */
    items(): readonly Value[] {
        if (this.isMissing) {
            return [];
        }
        if (!isPlainList(this.plain)) {
            throw this.unjudgeable("a list that is known at preview");
        }
        return this.plain.map((item, index) => {
            const name =
                isPlainObject(item) && typeof item.name === "string" ? JSON.stringify(item.name) : index;
            return new Value(`${this.path}[${name}]`, item);
        });
    }

    get text(): string | undefined {
        return typeof this.plain === "string" ? this.plain : undefined;
    }

    get number(): number | undefined {
        return typeof this.plain === "number" ? this.plain : undefined;
    }

    /** Where it is absent the reader's default holds; where it is unknown or no number nothing does. */
    numberOr(whenMissing: number): number {
        return this.isMissing ? whenMissing : (this.number ?? Number.NaN);
    }

    get isTrue(): boolean {
        return this.plain === true;
    }

    /** Absent or `false`: protobuf's default. An unknown is neither. */
    get isOff(): boolean {
        return this.isMissing || this.plain === false;
    }

    /** What a user is told stands here. */
    get shown(): string {
        if (this.isMissing) {
            return "nothing";
        }
        if (this.plain === unknown) {
            return "a value that is unknown until it is deployed";
        }
        const text = JSON.stringify(this.plain, (_, value: unknown) =>
            value === unknown ? "(unknown)" : value,
        );
        return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
    }

    finding(required: string, found = this.shown): Finding {
        return { at: this.path, found, required };
    }

    /** Nothing, or the finding that `required` is not met here. */
    require(holds: boolean, required: string, found = this.shown): readonly Finding[] {
        return holds ? [] : [this.finding(required, found)];
    }

    unjudgeable(required: string, found = this.shown): Unjudgeable {
        return new Unjudgeable(this.finding(required, found));
    }
}

function join(path: string, name: string): string {
    const step = /^\w+$/.test(name) ? name : `[${JSON.stringify(name)}]`;
    return path === "" || step.startsWith("[") ? `${path}${step}` : `${path}.${step}`;
}
