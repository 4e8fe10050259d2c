import type { IncomingHttpHeaders } from "node:http";
import { stubServer, type ApplicationProtocol, type Exchange, type StubServer } from "./stubServer";

export interface StubReply {
    /** Told to gRPC clients as the gRPC status that stands for it. */
    readonly status: number;
    /** Milliseconds before the answer. @default 0 */
    readonly delayMs?: number;
    /** The answer waits for it. @default nothing */
    readonly after?: Promise<void>;
    /** Instead of the answer: nothing at all, or the connection's reset. @default "answer" */
    readonly ending?: "answer" | "hang" | "reset";
}

/** A request as it reached the application. */
export interface SeenRequest {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<IncomingHttpHeaders>;
}

const healthPath = "/healthz";
const grpcHealthPath = "/grpc.health.v1.Health/Check";
/** `HealthCheckResponse { status: SERVING }` as protobuf writes it. */
const serving = "\x08\x01";

/** A small application behind a sidecar: answers its health check, and everything else as it is told. */
export class StubService {
    /** Requests other than health checks, in the order in which they came. */
    readonly seen: SeenRequest[] = [];
    /** What it answers from now on. */
    reply: StubReply = { status: 200 };
    /** Answers that are used up before `reply`. */
    readonly next: StubReply[] = [];
    readonly #server: StubServer;

    private constructor(protocol: ApplicationProtocol) {
        this.#server = stubServer(protocol, (exchange) => {
            this.#answer(exchange);
        });
    }

    static async start(
        host: string,
        port: number,
        protocol: ApplicationProtocol = "http1",
    ): Promise<StubService> {
        const stub = new StubService(protocol);
        await stub.#server.listen(host, port);
        return stub;
    }

    get port(): number {
        return this.#server.port;
    }

    async stop(): Promise<void> {
        await this.#server.stop();
    }

    #answer(exchange: Exchange): void {
        const { method, path, headers } = exchange;
        if (path === healthPath || path === grpcHealthPath) {
            exchange.answer(200, path === healthPath ? "" : serving);
            return;
        }
        this.seen.push({ method, path, headers });
        const {
            status,
            delayMs = 0,
            after = Promise.resolve(),
            ending = "answer",
        } = this.next.shift() ?? this.reply;
        if (ending === "hang") {
            return;
        }
        const end = (): void => {
            if (ending === "reset") {
                exchange.reset();
            } else {
                exchange.answer(
                    status,
                    headers["content-type"]?.startsWith("application/grpc") === true
                        ? ""
                        : JSON.stringify({ status }),
                );
            }
        };
        void after.then(() => setTimeout(end, delayMs));
    }
}
