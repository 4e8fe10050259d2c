import { status } from "@grpc/grpc-js";
import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { InitializationFailure } from "./initializationFailure";
import type { Failure, ProposedName, Provider, Subject } from "./provider";
import { plainProps } from "./values";
import type { Props } from "./values";

interface AboutResource {
    getUrn(): string;
    getType(): string;
    getName(): string;
}

/** The RPC handlers that the engine calls, in front of a provider that knows nothing of RPC. */
export function service(provider: Provider): UntypedServiceImplementation {
    return {
        handshake: unary(() =>
            new proto.ProviderHandshakeResponse().setSupportsAutonamingConfiguration(true),
        ),
        attach: unary(() => new Empty()),
        cancel: unary(() => new Empty()),
        getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(provider.version)),
        checkConfig: unary((request: proto.CheckRequest) => {
            const config = received(request.getNews());
            return checkResponse(config, provider.checkConfig(config));
        }),
        diffConfig: unary(() =>
            new proto.DiffResponse().setChanges(proto.DiffResponse.DiffChanges.DIFF_NONE),
        ),
        configure: unary((request: proto.ConfigureRequest) => {
            provider.configure(received(request.getArgs()));
            // Secrets are not asked for: the engine then unwraps inputs and marks outputs of the same names again,
            // which is how the real provider's bridge works too.
            return new proto.ConfigureResponse().setSupportspreview(true);
        }),
        invoke: unary(async (request: proto.InvokeRequest) => {
            const result = await provider.invoke(request.getTok(), received(request.getArgs()));
            return new proto.InvokeResponse().setReturn(sent(result));
        }),
        check: unary(async (request: proto.CheckRequest) => {
            const olds = request.getOlds();
            const oldInputs = olds === undefined ? undefined : received(olds);
            const news = received(request.getNews());
            const checked = await provider.check(subject(request), oldInputs, news, proposedName(request));
            return checkResponse(checked.inputs, checked.failures);
        }),
        diff: unary((request: proto.DiffRequest) => {
            const difference = provider.diff(subject(request), change(request));
            const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
            return new proto.DiffResponse()
                .setChanges(difference.changed.length > 0 ? DIFF_SOME : DIFF_NONE)
                .setDiffsList([...difference.changed])
                .setReplacesList([...difference.replacing])
                .setDeletebeforereplace(difference.deleteBeforeReplace);
        }),
        create: unary(async (request: proto.CreateRequest) => {
            const inputs = received(request.getProperties());
            const created = await provider.create(subject(request), inputs, request.getPreview());
            return new proto.CreateResponse().setId(created.id).setProperties(sent(created.outputs));
        }),
        update: unary(async (request: proto.UpdateRequest) => {
            const outputs = await provider.update(subject(request), change(request), request.getPreview());
            return new proto.UpdateResponse().setProperties(sent(outputs));
        }),
        read: unary((request: proto.ReadRequest) => {
            const state = received(request.getProperties());
            const inputs = received(request.getInputs());
            const found = provider.read(subject(request), { id: request.getId(), state, inputs });
            return new proto.ReadResponse()
                .setId(found.id)
                .setProperties(sent(found.state))
                .setInputs(sent(found.inputs));
        }),
        delete: unary(async (request: proto.DeleteRequest) => {
            await provider.delete(subject(request), request.getId(), received(request.getProperties()));
            return new Empty();
        }),
    };
}

function unary<Request, Response>(
    answer: (request: Request) => Response | Promise<Response>,
): (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => void {
    return (call, callback) => {
        // Started inside a promise, so that a synchronous throw is answered like a rejection.
        Promise.resolve(call.request)
            .then(answer)
            .then(
                (response) => {
                    callback(null, response);
                },
                (error: unknown) => {
                    const message = error instanceof Error ? error.message : String(error);
                    const metadata = error instanceof InitializationFailure ? error.metadata : null;
                    callback({ code: status.UNKNOWN, details: message, ...(metadata && { metadata }) });
                },
            );
    };
}

function subject(request: AboutResource): Subject {
    const urn = request.getUrn();
    // urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>
    const [, , qualifiedType = "", ...name] = urn.split("::");
    return {
        urn,
        type: request.getType() || (qualifiedType.split("$").at(-1) ?? ""),
        name: request.getName() || name.join("::"),
    };
}

function proposedName(request: proto.CheckRequest): ProposedName | undefined {
    const autonaming = request.getAutonaming();
    const { ENFORCE } = proto.CheckRequest.AutonamingOptions.Mode;
    return autonaming === undefined
        ? undefined
        : { name: autonaming.getProposedName(), enforced: autonaming.getMode() === ENFORCE };
}

function change(request: proto.DiffRequest | proto.UpdateRequest): {
    id: string;
    state: Props;
    oldInputs: Props;
    inputs: Props;
} {
    return {
        id: request.getId(),
        state: received(request.getOlds()),
        oldInputs: received(request.getOldInputs()),
        inputs: received(request.getNews()),
    };
}

/** The engine prints the value of the property that a failure names, secret or not: the reasons name it instead. */
function checkResponse(inputs: Props, failures: readonly Failure[]): proto.CheckResponse {
    return new proto.CheckResponse()
        .setInputs(sent(inputs))
        .setFailuresList(failures.map(({ reason }) => new proto.CheckFailure().setReason(reason)));
}

function received(struct: Struct | undefined): Props {
    return struct === undefined ? {} : plainProps(struct.toJavaScript());
}

function sent(props: Props): Struct {
    return Struct.fromJavaScript(props);
}
