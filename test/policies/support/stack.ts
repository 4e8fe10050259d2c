import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

/** The engine's way of saying that a value is not known yet. Source: Pulumi SDK, `UnknownStringValue`. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource as the engine tells policies about it. */
export interface TestResource {
    readonly type: string;
    readonly name: string;
    readonly props: Readonly<Record<string, unknown>>;
    /** Property to the names of the resources that it was made from. */
    readonly from?: Readonly<Record<string, readonly string[]>>;
    /** Its component, named as in `from`. */
    readonly parent?: string;
}

export function urnOf({ type, name }: Pick<TestResource, "type" | "name">): string {
    return `urn:pulumi:test::traffic::${type}::${name}`;
}

/** The request that the engine sends when every resource is registered. Dependencies are named as `<type>::<name>` or, where unique, by name. */
export function stackRequest(resources: readonly TestResource[]): analyzer.AnalyzeStackRequest {
    const request = new analyzer.AnalyzeStackRequest();
    for (const resource of resources) {
        const message = new analyzer.AnalyzerResource();
        message.setType(resource.type);
        message.setName(resource.name);
        message.setUrn(urnOf(resource));
        message.setOptions(new analyzer.AnalyzerResourceOptions());
        if (!/^(shop|pulumi):/.test(resource.type)) {
            message.setProvider(providerOf(resource.type));
        }
        if (resource.parent !== undefined) {
            message.setParent(named(resources, resource.parent)[0] ?? "");
        }
        message.setProperties(Struct.fromJavaScript(resource.props as Record<string, JavaScriptValue>));
        for (const [property, names] of Object.entries(resource.from ?? {})) {
            const dependencies = new analyzer.AnalyzerPropertyDependencies();
            dependencies.setUrnsList(names.flatMap((name) => named(resources, name)));
            message.getPropertydependenciesMap().set(property, dependencies);
        }
        request.addResources(message);
    }
    return request;
}

/** The engine names the provider of everything but components. */
function providerOf(type: string): analyzer.AnalyzerProviderResource {
    const provider = new analyzer.AnalyzerProviderResource();
    provider.setType(`pulumi:providers:${type.split(":")[0] ?? ""}`);
    provider.setProperties(new Struct());
    return provider;
}

function named(resources: readonly TestResource[], reference: string): readonly string[] {
    const found = resources.filter(
        ({ type, name }) => name === reference || `${type}::${name}` === reference,
    );
    if (found.length !== 1) {
        throw new Error(`"${reference}" names ${found.length} resources`);
    }
    return found.map(urnOf);
}
