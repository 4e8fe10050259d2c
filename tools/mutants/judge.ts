import type { StackValidationPolicy } from "@pulumi/policy";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { asPolicy } from "../../policies/rule";
import { rules } from "../../policies/rules/all";
import { PackProcess } from "../../test/policies/support/packProcess";
import { analyzeStack } from "../../test/policies/support/rpc";
import type { Recorded } from "./recording";

/** What the pack says about a program. */
export interface Verdict {
    readonly rule: string;
    /** Name of the resource; empty for the program as a whole. */
    readonly resource: string;
    readonly isMandatory: boolean;
    readonly message: string;
}

/** The request that the engine makes of a recorded program. */
export function requestOf(resources: readonly Recorded[]): analyzer.AnalyzeStackRequest {
    const request = new analyzer.AnalyzeStackRequest();
    request.setResourcesList(resources.map(messageOf));
    return request;
}

/** Mutants share all but a resource or two with their program. */
const messages = new WeakMap<Recorded, analyzer.AnalyzerResource>();

function messageOf(resource: Recorded): analyzer.AnalyzerResource {
    const message = messages.get(resource) ?? newMessage(resource);
    messages.set(resource, message);
    return message;
}

function newMessage({ type, name, urn, parent, provider, props, from }: Recorded): analyzer.AnalyzerResource {
    const message = new analyzer.AnalyzerResource();
    message.setType(type);
    message.setName(name);
    message.setUrn(urn);
    message.setOptions(new analyzer.AnalyzerResourceOptions());
    message.setParent(parent ?? "");
    if (provider !== undefined) {
        const made = new analyzer.AnalyzerProviderResource();
        made.setType(provider);
        made.setProperties(new Struct());
        message.setProvider(made);
    }
    message.setProperties(Struct.fromJavaScript(props as Record<string, JavaScriptValue>));
    for (const [property, urns] of Object.entries(from)) {
        const dependencies = new analyzer.AnalyzerPropertyDependencies();
        dependencies.setUrnsList([...urns]);
        message.getPropertydependenciesMap().set(property, dependencies);
    }
    return message;
}

type Configuration = Readonly<Record<string, unknown>>;

/** Who decides on a program: the whole pack, or one of its rules. */
export interface Judges {
    pack(program: readonly Recorded[]): Promise<readonly Verdict[]>;
    readonly rule: (id: string, program: readonly Recorded[]) => Promise<readonly Verdict[]>;
    stop(): Promise<void>;
}

/**
 * The pack in a process of its own, as the engine starts it, with a configuration file's settings; and its rules, through the handler
 * that the engine calls, in this process: thousands of programs need not be sent for each of them.
 */
export async function startJudges(configuration: Configuration): Promise<Judges> {
    const process = await PackProcess.start();
    await process.configure(settingsOf(configuration));
    return {
        pack: async (program) => (await process.judge(requestOf(program))).map(verdictOf),
        rule: startHandlers(configuration),
        stop: () => process.stop(),
    };
}

/** Each rule with a configuration file's settings, through the handler that the engine calls. */
export function startHandlers(configuration: Configuration): Judges["rule"] {
    const policies = new Map(rules.map((rule) => [rule.id, configured(asPolicy(rule), configuration)]));
    return async (id, program) => {
        const policy = policies.get(id);
        if (policy === undefined) {
            throw new Error(`${id} is no rule`);
        }
        const response = await analyzeStack([policy], requestOf(program));
        return response.getDiagnosticsList().map(verdictOf);
    };
}

/** What the engine hands to each rule of a configuration file. */
function settingsOf(configuration: Configuration): Record<string, Record<string, unknown>> {
    const entries = Object.entries(configuration).map(([rule, configuredAs]) => {
        const all =
            typeof configuredAs === "object" && configuredAs !== null ? Object.entries(configuredAs) : [];
        return [rule, Object.fromEntries(all.filter(([name]) => name !== "enforcementLevel"))] as const;
    });
    return Object.fromEntries(entries);
}

/** A policy with its settings: the handler takes them from a configuration that only the server sets. */
function configured(policy: StackValidationPolicy, configuration: Configuration): StackValidationPolicy {
    const settings = settingsOf(configuration)[policy.name] ?? {};
    return {
        ...policy,
        validateStack: (args, report) =>
            policy.validateStack({ ...args, getConfig: (() => settings) as typeof args.getConfig }, report),
    };
}

function verdictOf(diagnostic: analyzer.AnalyzeDiagnostic): Verdict {
    return {
        rule: diagnostic.getPolicyname(),
        resource: diagnostic.getUrn().split("::").at(-1) ?? "",
        isMandatory: diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY,
        message: diagnostic.getMessage(),
    };
}
