import * as http from "node:http";
import * as https from "node:https";

export interface LabResponse {
    readonly status: number;
    readonly headers: Readonly<http.IncomingHttpHeaders>;
    readonly body: string;
}

export interface LabRequest {
    readonly method?: string;
    readonly path?: string;
    /** Several values are sent as so many lines. */
    readonly headers?: Readonly<Record<string, string | string[]>>;
    readonly body?: string;
    /** Keeps connections open between requests. @default a connection of its own for each request */
    readonly agent?: http.Agent;
}

/** What a client shows when it dials a member's mesh port by itself. */
export interface ClientTls {
    readonly cert?: string;
    readonly key?: string;
    readonly servername?: string;
}

const timeoutMs = 40_000;

/** One request, in TLS where a client's side of it is given; rejects when no answer comes. */
export async function send(
    host: string,
    port: number,
    { method = "GET", path = "/", headers = {}, body: sent, agent }: LabRequest,
    tls?: ClientTls,
): Promise<LabResponse> {
    const options: https.RequestOptions = {
        host,
        port,
        method,
        path,
        headers: { ...headers },
        agent: agent ?? false,
        timeout: timeoutMs,
        ...(tls === undefined ? {} : { ...tls, rejectUnauthorized: false }),
    };
    const open = tls === undefined ? http.request : https.request;
    return new Promise((resolve, reject) => {
        const request = open(options, (response) => {
            let body = "";
            response.setEncoding("utf8");
            response.on("data", (chunk: string) => (body += chunk));
            response.on("error", reject);
            response.on("end", () => {
                resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
            });
        });
        request.on("timeout", () => request.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
        request.on("error", reject);
        request.end(sent);
    });
}
