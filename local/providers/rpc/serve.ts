import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Provider } from "./provider";
import { service } from "./service";

/** A whole task definition or OpenAPI body is one message: no limit, as the engine's own clients have none. */
const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** Serves on a free port of the loopback interface. */
export async function serve(provider: Provider): Promise<{ port: number; stop: () => void }> {
    const server = new Server(UNLIMITED);
    server.addService(ResourceProviderService, service(provider));
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
            if (error === null) {
                resolve(bound);
            } else {
                reject(error);
            }
        });
    });
    return {
        port,
        stop: () => {
            server.forceShutdown();
        },
    };
}

/** Runs a plugin process: the engine reads the port from the first line of stdout, and kills the process when done. */
export async function run(provider: Provider): Promise<void> {
    const { port } = await serve(provider);
    process.stdout.write(`${port}\n`);
    exitWithParent();
}

/** An engine that was killed itself cannot kill its plugins; the process is then handed to another parent. */
export function exitWithParent(): void {
    const engine = process.ppid;
    const watch = setInterval(() => {
        if (process.ppid !== engine) {
            process.exit(0);
        }
    }, 1000);
    watch.unref();
}
