import { once } from "node:events";
import * as http from "node:http";
import * as http2 from "node:http2";

/** What an application speaks: HTTP/1.1, or HTTP/2 with prior knowledge, over which gRPC comes too. */
export type ApplicationProtocol = "http1" | "http2";

/** One request to a stub and the ways to end it, whatever it came over. */
export interface Exchange {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<http.IncomingHttpHeaders>;
    answer(status: number, body: string): void;
    reset(): void;
}

export interface StubServer {
    listen(host: string, port: number): Promise<void>;
    stop(): Promise<void>;
    readonly port: number;
}

export function stubServer(protocol: ApplicationProtocol, handle: (exchange: Exchange) => void): StubServer {
    return protocol === "http1" ? http1Server(handle) : http2Server(handle);
}

const json = { "content-type": "application/json" };

function http1Server(handle: (exchange: Exchange) => void): StubServer {
    const server = http.createServer((request, response) => {
        request.resume();
        handle({
            method: request.method ?? "",
            path: request.url ?? "",
            headers: request.headers,
            answer: (status, body) => response.writeHead(status, json).end(body),
            reset: () => request.socket.resetAndDestroy(),
        });
    });
    return served(server, () => {
        server.closeAllConnections();
    });
}

function http2Server(handle: (exchange: Exchange) => void): StubServer {
    const sessions = new Set<http2.ServerHttp2Session>();
    const server = http2.createServer();
    server.on("session", (session: http2.ServerHttp2Session) => {
        sessions.add(session);
        session.once("close", () => sessions.delete(session));
    });
    server.on("stream", (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => {
        stream.resume();
        stream.on("error", () => undefined);
        const isGrpc = headers["content-type"]?.startsWith("application/grpc") === true;
        handle({
            method: headers[":method"] ?? "",
            path: headers[":path"] ?? "",
            headers,
            answer: (status, body) => {
                if (isGrpc) {
                    answerGrpc(stream, status, body);
                } else {
                    stream.respond({ ":status": status, ...json });
                    stream.end(body);
                }
            },
            reset: () => {
                stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
            },
        });
    });
    return served(server, () => {
        for (const session of sessions) {
            session.destroy();
        }
    });
}

/** gRPC's statuses for the failures that HTTP knows. Source: gRPC, "HTTP to gRPC Status Code Mapping", read backwards. */
const grpcStatuses: Readonly<Record<number, number>> = {
    200: 0,
    400: 13,
    403: 7,
    404: 12,
    500: 13,
    503: 14,
    504: 4,
};

/** A message and a status in the trailers, or of a failure the trailers alone, as gRPC servers do. */
function answerGrpc(stream: http2.ServerHttp2Stream, status: number, message: string): void {
    const grpcStatus = String(grpcStatuses[status] ?? 2);
    const headers = { ":status": 200, "content-type": "application/grpc" };
    if (grpcStatus !== "0") {
        stream.respond({ ...headers, "grpc-status": grpcStatus }, { endStream: true });
        return;
    }
    const bytes = Buffer.from(message, "latin1");
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(bytes.length, 1);
    stream.respond(headers, { waitForTrailers: true });
    stream.on("wantTrailers", () => {
        stream.sendTrailers({ "grpc-status": grpcStatus });
    });
    stream.end(Buffer.concat([prefix, bytes]));
}

function served(server: http.Server | http2.Http2Server, cut: () => void): StubServer {
    return {
        listen: async (host, port) => {
            server.listen(port, host);
            await once(server, "listening");
        },
        stop: async () => {
            if (!server.listening) {
                return;
            }
            const closed = once(server, "close");
            server.close();
            cut();
            await closed;
        },
        get port() {
            const address = server.address();
            return typeof address === "object" && address !== null ? address.port : 0;
        },
    };
}
