import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as proto from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "@pulumi/pulumi/package.json";
import { about } from "./about";
import { installDependencies } from "./installDependencies";
import { programDependencies } from "./programDependencies";
import { requiredPackages } from "./requiredPackages";
import { streaming, unary } from "./rpc";
import { runPlugin } from "./runPlugin";
import { runProgram } from "./runProgram";
import { packageManagerPrompts } from "./runtimeOptions";

/**
 * What the engine asks of a language (pulumi/language.proto). Code generation, packing and linking of SDKs are left out:
 * no deployment calls them, and the server answers that they are not implemented.
 */
export function languageRuntime(engineAddress: string): UntypedServiceImplementation {
    let engine = engineAddress;
    const cancelled = new AbortController();
    return {
        handshake: unary((request: proto.LanguageHandshakeRequest) => {
            engine = request.getEngineAddress();
            return new proto.LanguageHandshakeResponse();
        }),
        getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
        getRequiredPlugins: unary(() => {
            throw Object.assign(new Error("method GetRequiredPlugins not implemented"), {
                code: status.UNIMPLEMENTED,
            });
        }),
        getRequiredPackages: unary((request: proto.GetRequiredPackagesRequest) =>
            new proto.GetRequiredPackagesResponse().setPackagesList(
                requiredPackages(programFolder(request)).map((found) =>
                    new plugin.PackageDependency()
                        .setName(found.name)
                        .setKind("resource")
                        .setVersion(found.version)
                        .setServer(found.server),
                ),
            ),
        ),
        getProgramDependencies: unary((request: proto.GetProgramDependenciesRequest) =>
            new proto.GetProgramDependenciesResponse().setDependenciesList(
                programDependencies(programFolder(request), request.getTransitivedependencies()).map(
                    (found) => new proto.DependencyInfo().setName(found.name).setVersion(found.version),
                ),
            ),
        ),
        runtimeOptionsPrompts: unary((request: proto.RuntimeOptionsRequest) =>
            packageManagerPrompts(request.getInfo()?.getOptions()),
        ),
        about: unary((request: proto.AboutRequest) =>
            about(programFolder(request), request.getInfo()?.getOptions()),
        ),
        installDependencies: streaming((request: proto.InstallDependenciesRequest, output) =>
            installDependencies(request, output),
        ),
        run: unary((request: proto.RunRequest, abandoned) =>
            runProgram(request, engine, AbortSignal.any([abandoned, cancelled.signal])),
        ),
        runPlugin: streaming((request: proto.RunPluginRequest, output, abandoned) =>
            runPlugin(request, output, abandoned),
        ),
        cancel: unary(() => {
            cancelled.abort();
            return new Empty();
        }),
    };
}

function programFolder(request: { getInfo(): proto.ProgramInfo | undefined }): string {
    return request.getInfo()?.getProgramDirectory() ?? "";
}
