import { Client, credentials, Metadata, Server, ServerCredentials } from "@grpc/grpc-js";
import type { handleUnaryCall } from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerHandshakeResponse, AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { Deferred } from "./deferred";

/** A stack's resources are one message. */
const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

const asIs = (message: Buffer): Buffer => message;

/** Stands between the engine and a policy pack; messages pass as the bytes they are. */
export class PolicyProxy {
    readonly #server = new Server(UNLIMITED);
    readonly #configured = new Deferred<Buffer | undefined>();
    readonly #pack = new Deferred<Client>();
    #port = 0;

    /** Serves on a free port of the loopback interface. */
    static async start(): Promise<PolicyProxy> {
        const proxy = new PolicyProxy();
        await proxy.#listen();
        return proxy;
    }

    private constructor() {
        // Nobody may be waiting for the pack yet when it fails to start.
        this.#pack.promise.catch(() => undefined);
        for (const { path } of Object.values(AnalyzerService)) {
            this.#server.register(path, this.#handler(path), asIs, asIs, "unary");
        }
    }

    get port(): number {
        return this.#port;
    }

    /** What the engine says of the stack; undefined where it asks for something else first (`pulumi policy analyze`). */
    async configuration(abandoned: AbortSignal): Promise<AnalyzerStackConfigureRequest | undefined> {
        abandoned.addEventListener("abort", () => {
            this.#configured.resolve(undefined);
        });
        const message = await this.#configured.promise;
        return message === undefined ? undefined : AnalyzerStackConfigureRequest.deserializeBinary(message);
    }

    /** The pack listens on `port`: it is told the configuration, then all that waits. */
    connect(port: number): void {
        const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), UNLIMITED);
        void this.#configured.promise
            .then(async (message) => {
                if (message !== undefined) {
                    await this.#send(client, AnalyzerService.configureStack.path, message);
                }
            })
            .then(
                () => {
                    this.#pack.resolve(client);
                },
                (error: unknown) => {
                    this.fail(error);
                },
            );
    }

    /** The pack did not start: calls that wait for it end with this error. */
    fail(error: unknown): void {
        this.#pack.reject(error);
    }

    stop(): void {
        this.fail(new Error("the policy pack has ended"));
        this.#server.forceShutdown();
    }

    async #listen(): Promise<void> {
        this.#port = await new Promise<number>((resolve, reject) => {
            this.#server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
                if (error === null) {
                    resolve(port);
                } else {
                    reject(error);
                }
            });
        });
    }

    #handler(path: string): handleUnaryCall<Buffer, Buffer> {
        return (call, callback) => {
            this.#answer(path, call.request).then(
                (message) => {
                    callback(null, message);
                },
                (error: unknown) => {
                    callback(error instanceof Error ? error : new Error(String(error)));
                },
            );
        };
    }

    async #answer(path: string, message: Buffer): Promise<Buffer> {
        if (path === AnalyzerService.handshake.path) {
            return Buffer.from(new AnalyzerHandshakeResponse().serializeBinary());
        }
        if (path === AnalyzerService.configureStack.path) {
            this.#configured.resolve(message);
            return Buffer.alloc(0);
        }
        this.#configured.resolve(undefined);
        return this.#send(await this.#pack.promise, path, message);
    }

    #send(client: Client, path: string, message: Buffer): Promise<Buffer> {
        return new Promise((resolve, reject) => {
            client.makeUnaryRequest(path, asIs, asIs, message, new Metadata(), (error, response) => {
                if (error === null && response !== undefined) {
                    resolve(response);
                } else {
                    reject(error ?? new Error(`${path} was answered with nothing`));
                }
            });
        });
    }
}
