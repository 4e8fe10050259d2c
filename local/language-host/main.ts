import { Server, ServerCredentials } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { endWithParent } from "./children";
import { languageRuntime } from "./service";

/** Configuration and policy packs' answers are one message each: no limit, as the engine's own clients have none. */
const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** The engine's address is the last argument: flags for tracing and logging may come before it. */
const server = new Server(UNLIMITED);
server.addService(LanguageRuntimeService, languageRuntime(process.argv.at(-1) ?? ""));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) {
        throw error;
    }
    endWithParent();
    // The engine reads the port from the first line.
    process.stdout.write(`${port}\n`);
});
