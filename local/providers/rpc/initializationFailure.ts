import { Metadata, status } from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Props } from "./values";

/** The resource is there, but did not become what it should: an ECS service whose tasks do not stay up, for example. */
export class InitializationFailure extends Error {
    override readonly name = "InitializationFailure";

    public constructor(
        message: string,
        public readonly id: string,
        public readonly outputs: Props,
        public readonly inputs: Props,
    ) {
        super(message);
    }

    /** The engine reads id and outputs from the details, and keeps the resource in its state (pulumirpc.ErrorResourceInitFailed). */
    public get metadata(): Metadata {
        const detail = new proto.ErrorResourceInitFailed()
            .setId(this.id)
            .setProperties(Struct.fromJavaScript(this.outputs))
            .setInputs(Struct.fromJavaScript(this.inputs))
            .setReasonsList([this.message]);
        const packed = new Any();
        packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
        const answer = new Status();
        answer.setCode(status.UNKNOWN);
        answer.setMessage(this.message);
        answer.addDetails(packed);
        const metadata = new Metadata();
        metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
        return metadata;
    }
}
