import "../../stacks/promiseTraces";
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor, type MockCallArgs, type MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";

type Values = Readonly<Record<string, unknown>>;
type Struct = Parameters<typeof pulumi.runtime.deserializeProperties>[0];

/** A resource as the program registered it. */
export interface RecordedResource {
    readonly type: string;
    readonly name: string;
    /** Name of the parent; absent for a resource of the stack itself. */
    readonly parent?: string;
    readonly inputs: Values;
    readonly protect: boolean;
    /** Names of the resources that it waits for. */
    readonly dependsOn: readonly string[];
    /** Input to the names of the resources from which it was made: what a policy joins by. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    /** What a component registered; absent for custom resources. */
    readonly outputs?: Values;
}

export interface MockOptions {
    /** Computed values by resource type; `id` is `<name>_id` unless given. Inputs are always outputs too. */
    readonly computed?: (type: string, name: string, inputs: Values) => Values;
    /** Answers of provider functions, by token. */
    readonly calls?: Readonly<Record<string, Values>>;
    /** Leave computed values unknown, as a first preview does. @default false */
    readonly preview?: boolean;
}

/** The parts of the engine's requests that are read here. */
interface RegisterRequest {
    getType(): string;
    getObject(): Struct;
    getName(): string;
    getParent(): string;
    getProtect(): boolean;
    getDependenciesList(): string[];
    getPropertydependenciesMap(): {
        forEach(visit: (value: { getUrnsList(): string[] }, key: string) => void): void;
    };
}

interface OutputsRequest {
    getUrn(): string;
    getOutputs(): Struct;
}

type Reply = (error: unknown, response: unknown) => void;

/** Runs a program against mocks and returns all that it registered, in order. Errors of the program reject. */
export async function record(
    program: () => unknown,
    options: MockOptions = {},
): Promise<readonly RecordedResource[]> {
    const monitor = new RecordingMonitor(options);
    await pulumi.runtime.setMocks(monitor.mocks, "traffic", "test", options.preview);
    pulumi.runtime.setMockOptions(monitor, "traffic", "test", options.preview);
    try {
        await program();
    } finally {
        await pulumi.runtime.disconnect();
    }
    return monitor.recorded();
}

/**
 * What a component says when it refuses its arguments, and what was registered until then. The program makes what the component needs, and
 * attempts the component itself.
 */
export async function refusal(
    program: (attempt: (create: () => unknown) => void) => void,
    options: MockOptions = {},
): Promise<{ readonly message: string; readonly resources: readonly RecordedResource[] }> {
    let message: string | undefined;
    const resources = await record(() => {
        program((create) => {
            try {
                create();
            } catch (error) {
                if (!pulumi.ResourceError.isInstance(error)) {
                    throw error;
                }
                message = error.message;
            }
        });
    }, options);
    if (message === undefined) {
        throw new Error("nothing was refused");
    }
    return { message, resources };
}

/** The one resource of this name; of this type too where a component and its child share the name. */
export function named(resources: readonly RecordedResource[], name: string, type?: string): RecordedResource {
    const found = resources.filter(
        (each) => each.name === name && (type === undefined || each.type === type),
    );
    const [first] = found;
    if (first === undefined || found.length > 1) {
        throw new Error(
            `${found.length} resources are called "${name}"; there are ${resources.map((each) => each.name).join(", ")}`,
        );
    }
    return first;
}

/** `type name < parent` for each resource, sorted: what must not change without an alias. */
export function identities(resources: readonly RecordedResource[]): readonly string[] {
    return resources
        .map(({ name, parent, type }) => `${type} ${name}${parent === undefined ? "" : ` < ${parent}`}`)
        .sort((a, b) => a.localeCompare(b, "en"));
}

/** A mock monitor that also keeps what Pulumi's own forgets: parents, protection, dependencies and registered outputs. */
class RecordingMonitor extends MockMonitor {
    readonly #byUrn = new Map<string, RecordedResource>();

    constructor(options: MockOptions) {
        super({
            newResource: (args: MockResourceArgs) => created(args, options),
            call: ({ token }: MockCallArgs) => answer(token, options),
        });
    }

    override async registerResource(request: unknown, reply: Reply): Promise<void> {
        const read = request as RegisterRequest;
        const inputs = pulumi.runtime.deserializeProperties(read.getObject(), true) as Values;
        await super.registerResource(request, (error: unknown, response: unknown) => {
            if (response !== undefined) {
                this.#keep((response as { getUrn(): string }).getUrn(), read, inputs);
            }
            reply(error, response);
        });
    }

    override registerResourceOutputs(request: unknown, reply: Reply): void {
        const read = request as OutputsRequest;
        const component = this.#byUrn.get(read.getUrn());
        if (component !== undefined) {
            const outputs = pulumi.runtime.deserializeProperties(read.getOutputs(), true) as Values;
            this.#byUrn.set(read.getUrn(), { ...component, outputs });
        }
        super.registerResourceOutputs(request, reply);
    }

    recorded(): readonly RecordedResource[] {
        return [...this.#byUrn.values()];
    }

    #keep(urn: string, read: RegisterRequest, inputs: Values): void {
        const parent = this.#byUrn.get(read.getParent())?.name;
        this.#byUrn.set(urn, {
            type: read.getType(),
            name: read.getName(),
            ...(parent === undefined ? {} : { parent }),
            inputs,
            protect: read.getProtect(),
            dependsOn: this.#names(read.getDependenciesList()),
            propertyDependencies: this.#joins(read),
        });
    }

    #names(urns: readonly string[]): readonly string[] {
        return urns.map((urn) => this.#byUrn.get(urn)?.name ?? urn);
    }

    #joins(request: RegisterRequest): Record<string, readonly string[]> {
        const joins: Record<string, readonly string[]> = {};
        request.getPropertydependenciesMap().forEach((value, key) => {
            if (value.getUrnsList().length > 0) {
                joins[key] = this.#names(value.getUrnsList());
            }
        });
        return joins;
    }
}

function created(
    { id, inputs, name, type }: MockResourceArgs,
    options: MockOptions,
): { id: string; state: Values } {
    const known = inputs as Values;
    if (options.preview === true) {
        return { id: "", state: known };
    }
    const computed = options.computed?.(type, name, known) ?? {};
    const computedId = computed.id;
    const state = { arn: `arn:aws:mock:::${name}`, ...known, ...computed };
    return {
        id: id !== undefined && id !== "" ? id : typeof computedId === "string" ? computedId : `${name}_id`,
        state,
    };
}

function answer(token: string, { calls = {} }: MockOptions): Values {
    const found = calls[token];
    if (found === undefined) {
        throw new Error(`no mocked answer for ${token}`);
    }
    return found;
}
