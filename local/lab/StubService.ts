import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

export interface StubReply {
    readonly status: number;
    /** Milliseconds before the answer. @default 0 */
    readonly delayMs?: number;
    /** Instead of the answer: nothing at all, or the connection's reset. @default "answer" */
    readonly ending?: "answer" | "hang" | "reset";
}

/** A request as it reached the application. */
export interface SeenRequest {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<http.IncomingHttpHeaders>;
}

/** A small application behind a sidecar: answers its health path, and everything else as it is told. */
export class StubService {
    /** Requests other than health checks, in the order in which they came. */
    readonly seen: SeenRequest[] = [];
    /** What it answers from now on. */
    reply: StubReply = { status: 200 };
    /** Answers that are used up before `reply`. */
    readonly next: StubReply[] = [];
    readonly #server: http.Server;

    private constructor(readonly healthPath: string) {
        this.#server = http.createServer((request, response) => {
            this.#answer(request, response);
        });
    }

    static async start(host: string, port: number, healthPath = "/healthz"): Promise<StubService> {
        const stub = new StubService(healthPath);
        stub.#server.listen(port, host);
        await once(stub.#server, "listening");
        return stub;
    }

    get port(): number {
        return (this.#server.address() as AddressInfo).port;
    }

    async stop(): Promise<void> {
        if (!this.#server.listening) {
            return;
        }
        const closed = once(this.#server, "close");
        this.#server.close();
        this.#server.closeAllConnections();
        await closed;
    }

    #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
        const { method = "", url = "", headers } = request;
        request.resume();
        if (url === this.healthPath) {
            response.writeHead(200).end();
            return;
        }
        this.seen.push({ method, path: url, headers });
        const { status, delayMs = 0, ending = "answer" } = this.next.shift() ?? this.reply;
        if (ending === "hang") {
            return;
        }
        setTimeout(() => {
            if (ending === "reset") {
                request.socket.resetAndDestroy();
                return;
            }
            response
                .writeHead(status, { "content-type": "application/json" })
                .end(JSON.stringify({ status }));
        }, delayMs);
    }
}
