import "../../../stacks/promiseTraces";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { AwsProvider } from "../../../local/providers/aws/provider";
import type { Provider } from "../../../local/providers/rpc/provider";
import { plainProps, UNKNOWN, type Props } from "../../../local/providers/rpc/values";
import { cacheFolder } from "../../../local/providers/schema/folders";
import { TlsProvider } from "../../../local/providers/tls/provider";
import type { Recorded } from "../../../tools/mutants/recording";

export type Moment = "preview" | "up";

const project = { name: "traffic", stack: "test", region: "eu-central-1" };

/** Mocks register no stack; the engine does. */
const root: Recorded = {
    type: "pulumi:pulumi:Stack",
    name: `${project.name}-${project.stack}`,
    urn: `urn:pulumi:${project.stack}::${project.name}::pulumi:pulumi:Stack::${project.name}-${project.stack}`,
    props: {},
    from: {},
};

/** What the awsx component answers; nothing that policies judge is inside it. */
const vpc = { vpcId: "vpc-1", isolatedSubnetIds: ["subnet-1", "subnet-2"], routeTables: [] };

/**
 * Runs a program with the emulated providers in this process, and keeps what the engine would tell policies of it: at the first
 * preview computed values are unknown, after the deploy they are known. What it does not prove is that the engine says the
 * same: the mutation run and `test/engine` judge what the engine itself recorded.
 */
export async function emulated(program: () => unknown, moment: Moment): Promise<readonly Recorded[]> {
    const folder = mkdtempSync(join(tmpdir(), "emulated-"));
    const aws = await AwsProvider.load(cacheFolder(), folder);
    aws.configure({ region: project.region });
    const tls = await TlsProvider.load(cacheFolder(), folder, () => new Date());
    const monitor = new EmulatedMonitor({ aws, tls }, moment);
    const isPreview = moment === "preview";
    await pulumi.runtime.setMocks(
        { newResource: refused, call: refused },
        project.name,
        project.stack,
        isPreview,
    );
    pulumi.runtime.setMockOptions(monitor, project.name, project.stack, isPreview);
    try {
        await program();
    } finally {
        await pulumi.runtime.disconnect();
        rmSync(folder, { recursive: true, force: true });
    }
    return monitor.recorded();
}

function refused(): never {
    throw new Error("the emulated providers answer, not mocks");
}

interface RegisterRequest {
    getType(): string;
    getName(): string;
    getParent(): string;
    getCustom(): boolean;
    getObject(): Struct;
    getPropertydependenciesMap(): {
        forEach(visit: (value: { getUrnsList(): string[] }, key: string) => void): void;
    };
}

type Reply = (error: unknown, response?: unknown) => void;

class EmulatedMonitor extends MockMonitor {
    readonly #all = new Map<string, Recorded>();

    constructor(
        private readonly providers: Readonly<Record<string, Provider>>,
        private readonly moment: Moment,
    ) {
        super({ newResource: refused, call: refused });
    }

    override async registerResource(request: unknown, reply: Reply): Promise<void> {
        try {
            const asked = request as RegisterRequest;
            const urn = urnOf(asked);
            const { id, outputs } = await this.#made(asked, urn);
            this.#all.set(urn, {
                type: asked.getType(),
                name: asked.getName(),
                urn,
                ...(asked.getParent() === "" ? {} : { parent: asked.getParent() }),
                ...(asked.getCustom() ? { provider: providerOf(asked.getType()) } : {}),
                props: plainProps(outputs),
                from: dependenciesOf(asked),
            });
            this.resources.set(urn, { urn, id, state: outputs });
            reply(null, {
                getUrn: () => urn,
                getId: () => id,
                getObject: () => Struct.fromJavaScript(outputs),
                getPropertydependenciesMap: () => new Map(),
                getResult: () => 0,
            });
        } catch (error) {
            reply(error);
        }
    }

    async #made(asked: RegisterRequest, urn: string): Promise<{ id: string; outputs: Props }> {
        const subject = { urn, type: asked.getType(), name: asked.getName() };
        const given = plainProps(asked.getObject().toJavaScript());
        if (!asked.getCustom()) {
            return { id: "", outputs: subject.type === "awsx:ec2:Vpc" ? this.#vpc() : given };
        }
        const provider = this.providers[subject.type.split(":")[0] ?? ""];
        if (provider === undefined) {
            throw new Error(`no provider makes ${subject.type}`);
        }
        const { inputs, failures } = await provider.check(subject, undefined, given);
        if (failures.length > 0) {
            throw new Error(`${subject.type} "${subject.name}": ${JSON.stringify(failures)}`);
        }
        return provider.create(subject, inputs, this.moment === "preview");
    }

    #vpc(): Props {
        return this.moment === "up"
            ? vpc
            : Object.fromEntries(Object.keys(vpc).map((name) => [name, UNKNOWN]));
    }

    /** Stack policies see what a component registered in place of its arguments. */
    override registerResourceOutputs(request: unknown, reply: Reply): void {
        const asked = request as { getUrn(): string; getOutputs(): Struct };
        const resource = this.#all.get(asked.getUrn());
        if (resource !== undefined) {
            const outputs = plainProps(asked.getOutputs().toJavaScript());
            this.#all.set(resource.urn, { ...resource, props: outputs });
        }
        reply(null, {});
    }

    override async invoke(request: unknown, reply: Reply): Promise<void> {
        try {
            const asked = request as { getTok(): string; getArgs(): Struct };
            const args = plainProps(asked.getArgs().toJavaScript());
            const answer = (await this.providers.aws?.invoke(asked.getTok(), args)) ?? {};
            reply(null, {
                getReturn: () => Struct.fromJavaScript(answer),
                getFailuresList: () => [],
            });
        } catch (error) {
            reply(error);
        }
    }

    recorded(): readonly Recorded[] {
        return [root, ...this.#all.values()];
    }
}

function providerOf(type: string): string {
    return `pulumi:providers:${type.split(":")[0] ?? ""}`;
}

/** As the engine makes them: with the types of all parents but the stack. */
function urnOf(asked: RegisterRequest): string {
    const parents = asked.getParent().split("::")[2] ?? "";
    const type = ["", "pulumi:pulumi:Stack"].includes(parents)
        ? asked.getType()
        : `${parents}$${asked.getType()}`;
    return `urn:pulumi:${project.stack}::${project.name}::${type}::${asked.getName()}`;
}

function dependenciesOf(asked: RegisterRequest): Record<string, readonly string[]> {
    const from: Record<string, readonly string[]> = {};
    asked.getPropertydependenciesMap().forEach((value, property) => {
        if (value.getUrnsList().length > 0) {
            from[property] = value.getUrnsList();
        }
    });
    return from;
}
