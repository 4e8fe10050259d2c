import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { PackProcess } from "../../test/policies/support/packProcess";
import type { Recorded } from "./recording";

/** What the pack says about a program. */
export interface Verdict {
    readonly rule: string;
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

function newMessage({ type, name, urn, parent, props, from }: Recorded): analyzer.AnalyzerResource {
    const message = new analyzer.AnalyzerResource();
    message.setType(type);
    message.setName(name);
    message.setUrn(urn);
    message.setOptions(new analyzer.AnalyzerResourceOptions());
    message.setParent(parent ?? "");
    message.setProperties(Struct.fromJavaScript(props as Record<string, JavaScriptValue>));
    for (const [property, urns] of Object.entries(from)) {
        const dependencies = new analyzer.AnalyzerPropertyDependencies();
        dependencies.setUrnsList([...urns]);
        message.getPropertydependenciesMap().set(property, dependencies);
    }
    return message;
}

/** The pack with a configuration file's settings, as the engine would start it. */
export async function startPack(configuration: Readonly<Record<string, unknown>>): Promise<PackProcess> {
    const pack = await PackProcess.start();
    const settings = Object.entries(configuration).map(([rule, configured]) => {
        const all = typeof configured === "object" && configured !== null ? Object.entries(configured) : [];
        return [rule, Object.fromEntries(all.filter(([name]) => name !== "enforcementLevel"))] as const;
    });
    await pack.configure(Object.fromEntries(settings));
    return pack;
}

export async function judge(pack: PackProcess, resources: readonly Recorded[]): Promise<readonly Verdict[]> {
    const found = await pack.judge(requestOf(resources));
    return found.map((diagnostic) => ({
        rule: diagnostic.getPolicyname(),
        isMandatory: diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY,
        message: diagnostic.getMessage(),
    }));
}
