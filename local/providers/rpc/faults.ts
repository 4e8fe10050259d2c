import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { InitializationFailure } from "./initializationFailure";
import type { Checked, Created, Provider, Subject } from "./provider";

const OPERATIONS = ["check", "create", "update", "delete"] as const;

/**
 * How an operation goes wrong: it is `refused` and nothing happens; what was made does not get `unready` ever (it is there, and the
 * operation fails); the answer is `lost`, since the provider dies after it did what it was asked to; or it is only `held` back until
 * the file that LOCAL_FAULTS_HELD_BY names is gone.
 */
const WAYS = ["refused", "unready", "lost", "held"] as const;

/** How often a held answer looks for the file, in milliseconds. */
const LOOK = 50;

export interface Fault {
    readonly operation: (typeof OPERATIONS)[number];
    /** Type token, such as `aws:ecs/cluster:Cluster`. */
    readonly type: string;
    /** Name in the program. */
    readonly name: string;
    readonly way: (typeof WAYS)[number];
    /** The file that holds the answer back; nothing where it is not there. */
    readonly heldBy: string;
}

const FORM = `"<${OPERATIONS.join("|")}> <type> <name> <${WAYS.join("|")}>", several with ";" between them`;

/** What LOCAL_FAULTS asks for, such as `create aws:ecs/cluster:Cluster cluster refused`; none where it is absent. */
export function faultsOf(environment: NodeJS.ProcessEnv): readonly Fault[] {
    const { LOCAL_FAULTS: text = "", LOCAL_FAULTS_HELD_BY: heldBy = "" } = environment;
    return text
        .split(";")
        .filter((part) => part.trim() !== "")
        .map((part) => readFault(part, heldBy));
}

function readFault(text: string, heldBy: string): Fault {
    const [operation, type = "", name = "", way, ...more] = text.trim().split(/\s+/);
    const knownOperation = OPERATIONS.find((each) => each === operation);
    const knownWay = WAYS.find((each) => each === way);
    if (knownOperation === undefined || knownWay === undefined || more.length > 0) {
        throw new Error(`LOCAL_FAULTS has ${JSON.stringify(text)}; use ${FORM}.`);
    }
    if (knownWay === "held" && heldBy === "") {
        throw new Error(`LOCAL_FAULTS has ${JSON.stringify(text)}; LOCAL_FAULTS_HELD_BY has to name a file.`);
    }
    return { operation: knownOperation, type, name, way: knownWay, heldBy };
}

/** The provider, with operations that go wrong as told: for tests of what the engine and its users then do. Previews go well. */
export function withFaults(provider: Provider, faults: readonly Fault[], die: () => void = exit): Provider {
    const find = (operation: Fault["operation"], { type, name }: Subject): Fault | undefined =>
        faults.find((fault) => fault.operation === operation && fault.type === type && fault.name === name);
    const meet = async <Result>(
        fault: Fault | undefined,
        carryOut: () => Promise<Result>,
        unready: (result: Result) => Error,
    ): Promise<Result> => {
        if (fault?.way === "refused") {
            throw refusal(fault);
        }
        const result = await carryOut();
        switch (fault?.way) {
            case "unready":
                throw unready(result);
            case "lost":
                die();
                return new Promise(() => undefined);
            case "held":
                while (existsSync(fault.heldBy)) {
                    await pause(LOOK);
                }
                return result;
            case undefined:
                return result;
        }
    };
    return {
        version: provider.version,
        checkConfig: (config) => provider.checkConfig(config),
        configure: (config) => {
            provider.configure(config);
        },
        check: async (subject, ...args): Promise<Checked> => {
            const fault = find("check", subject);
            const checked = await provider.check(subject, ...args);
            return fault === undefined
                ? checked
                : { ...checked, failures: [{ property: "", reason: refusal(fault).message }] };
        },
        diff: (subject, change) => provider.diff(subject, change),
        create: (subject, inputs, preview) =>
            meet(
                preview ? undefined : find("create", subject),
                () => Promise.resolve(provider.create(subject, inputs, preview)),
                ({ id, outputs }: Created) =>
                    new InitializationFailure(`${subject.name} did not become ready`, id, outputs, inputs),
            ),
        update: (subject, change, preview) =>
            meet(
                preview ? undefined : find("update", subject),
                () => provider.update(subject, change, preview),
                (outputs) =>
                    new InitializationFailure(
                        `${subject.name} did not become ready`,
                        change.id,
                        outputs,
                        change.inputs,
                    ),
            ),
        delete: (subject, id, state) =>
            meet(
                find("delete", subject),
                () => provider.delete(subject, id, state),
                () => new Error(`${subject.name} is still being deleted`),
            ),
        read: (subject, existing) => provider.read(subject, existing),
        invoke: (token, args) => provider.invoke(token, args),
    };
}

function refusal({ operation, type, name }: Fault): Error {
    return new Error(`LOCAL_FAULTS refuses to ${operation} ${type} "${name}"`);
}

/** As a provider that is killed: the engine gets no answer. */
function exit(): void {
    process.kill(process.pid, "SIGKILL");
}
