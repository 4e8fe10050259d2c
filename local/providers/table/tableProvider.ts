import type {
    Change,
    Checked,
    Created,
    Difference,
    Existing,
    Failure,
    ProposedName,
    Provider,
    Subject,
} from "../rpc/provider";
import { UNKNOWN, hasUnknown, secret } from "../rpc/values";
import type { Props, Value } from "../rpc/values";
import type { PackageDescription } from "../schema/cache";
import { invalidInputs } from "../schema/validate";
import { autonamed, stripDefaults } from "./autoname";
import { difference } from "./difference";
import type { Compute, Emulation, Table } from "./emulation";
import type { Ledger } from "./ledger";
import { NotKnownYet, Reading } from "./reading";
import type { Scope } from "./reading";

/** A provider whose resources are entries of a table, and whose inputs are checked against the SDK's declarations. */
export abstract class TableProvider implements Provider {
    public readonly version: string;

    protected constructor(
        private readonly pulumiPackage: string,
        protected readonly description: PackageDescription,
        private readonly table: Table,
        private readonly ledger: Ledger,
    ) {
        this.version = description.version;
    }

    public abstract checkConfig(config: Props): readonly Failure[];
    public abstract configure(config: Props): void;
    public abstract invoke(token: string, args: Props): Promise<Props>;

    /** The account and region that resources are made in. */
    protected abstract scope(): Scope;

    /** Outputs that every resource has and that are known at a preview, such as all tags. */
    protected abstract general(declared: readonly string[], inputs: Props): Props;

    public check(
        subject: Subject,
        oldInputs: Props | undefined,
        inputs: Props,
        proposed?: ProposedName,
    ): Promise<Checked> {
        const emulation = this.emulation(subject);
        const generation = this.ledger.count("creations", subject.urn);
        const given = stripDefaults(inputs);
        const normal = { ...emulation.defaults, ...(emulation.normalize?.(given) ?? given) };
        const named = autonamed(emulation.autoname, subject, generation, normal, oldInputs, proposed);
        const invalid = invalidInputs(subject.type, given, this.description);
        // The service's own rules take the inputs' form for granted.
        const failures = invalid.length > 0 ? invalid : problems(emulation, named, oldInputs);
        return Promise.resolve({ inputs: named, failures });
    }

    public diff(subject: Subject, change: Change): Difference {
        return difference(this.emulation(subject), change);
    }

    public async create(subject: Subject, inputs: Props, preview: boolean): Promise<Created> {
        const emulation = this.emulation(subject);
        const given = stripDefaults(inputs);
        if (preview) {
            const unknown = Object.fromEntries(absent(emulation, given).map((name) => [name, UNKNOWN]));
            return { id: "", outputs: this.finish(emulation, subject, given, unknown) };
        }
        const generation = this.ledger.next("creations", subject.urn);
        const reading = new Reading({
            ...this.scope(),
            seed: `${subject.urn}#${generation}`,
            inputs: given,
            count: (kind, key) => this.ledger.next(kind, key),
        });
        const id = await emulation.id(reading);
        const computed = await this.compute(emulation, reading.identified(id), given);
        return { id, outputs: this.finish(emulation, subject, given, computed) };
    }

    public async update(subject: Subject, change: Change, preview: boolean): Promise<Props> {
        const emulation = this.emulation(subject);
        const given = stripDefaults(change.inputs);
        const changing = preview ? changingOutputs(emulation, change) : [];
        const reading = new Reading({
            ...this.scope(),
            seed: change.id,
            id: change.id,
            inputs: given,
            before: withoutChanging(change.state, changingOutputs(emulation, change)),
            count: (kind, key) => (preview ? 0 : this.ledger.next(kind, key)),
        });
        const computed = await this.compute(emulation, reading, given);
        const unknown = Object.fromEntries(changing.map((name) => [name, UNKNOWN]));
        return this.finish(emulation, subject, given, { ...computed, ...unknown });
    }

    /** Nothing was made but ids. */
    public delete(): Promise<void> {
        return Promise.resolve();
    }

    /** Nothing exists but in the engine's state: a refresh finds what was there; a foreign id nothing. */
    public read(subject: Subject, existing: Existing): Existing {
        if (Object.keys(existing.state).length === 0) {
            throw new Error(
                `${subject.type} "${existing.id}" cannot be read: the local ${this.pulumiPackage} provider holds no ` +
                    `resources but those that it created itself.`,
            );
        }
        return existing;
    }

    private emulation(subject: Subject): Emulation {
        const emulation = this.table[subject.type];
        if (emulation === undefined) {
            throw new Error(
                `${subject.type} is no resource type that the local ${this.pulumiPackage} provider knows; add it ` +
                    `to local/providers/${this.pulumiPackage}.`,
            );
        }
        return emulation;
    }

    private async compute(emulation: Emulation, reading: Reading, inputs: Props): Promise<Props> {
        const entries: [string, Value][] = [];
        for (const name of absent(emulation, inputs)) {
            entries.push([name, await knownOrNot(emulation.outputs[name], reading)]);
        }
        return Object.fromEntries(entries);
    }

    private finish(emulation: Emulation, subject: Subject, inputs: Props, computed: Props): Props {
        const declared = this.description.resources[subject.type]?.outputs ?? [];
        const outputs = { ...this.general(declared, inputs), ...inputs, ...computed };
        const secrets = (emulation.secrets ?? []).filter((name) => name in outputs);
        return {
            ...outputs,
            ...Object.fromEntries(secrets.map((name) => [name, secret(outputs[name] ?? null)])),
        };
    }
}

function problems(emulation: Emulation, inputs: Props, oldInputs: Props | undefined): readonly Failure[] {
    const fixed =
        oldInputs === undefined || hasUnknown(inputs) ? [] : (emulation.fixed?.(oldInputs, inputs) ?? []);
    return [...(emulation.check?.(inputs) ?? []), ...fixed];
}

/** Computed outputs for which there is no input of the same name. */
function absent(emulation: Emulation, inputs: Props): readonly string[] {
    return Object.keys(emulation.outputs).filter((name) => (inputs[name] ?? null) === null);
}

async function knownOrNot(compute: Compute | undefined, reading: Reading): Promise<Value> {
    try {
        return (await compute?.(reading)) ?? null;
    } catch (error) {
        if (error instanceof NotKnownYet) {
            return UNKNOWN;
        }
        throw error;
    }
}

function changingOutputs(emulation: Emulation, { oldInputs, inputs }: Change): readonly string[] {
    return Object.entries(emulation.changesWith ?? {})
        .filter(([, causes]) =>
            causes.some(
                (cause) =>
                    hasUnknown(inputs[cause]) ||
                    JSON.stringify(oldInputs[cause]) !== JSON.stringify(inputs[cause]),
            ),
        )
        .map(([output]) => output);
}

function withoutChanging(state: Props, changing: readonly string[]): Props {
    return Object.fromEntries(Object.entries(state).filter(([name]) => !changing.includes(name)));
}
