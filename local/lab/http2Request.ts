import { once } from "node:events";
import * as http2 from "node:http2";
import type { LabRequest, LabResponse } from "./requests";

const timeoutMs = 40_000;

/** One request over HTTP/2 with prior knowledge; rejects when no answer comes. */
export async function sendHttp2(
    host: string,
    port: number,
    { method = "GET", path = "/", headers = {} }: LabRequest,
): Promise<LabResponse> {
    const session = http2.connect(`http://${host}:${port}`);
    try {
        const stream = await opened(session, { ":method": method, ":path": path, ...headers });
        const [answer] = (await once(stream, "response")) as [http2.IncomingHttpHeaders];
        let body = "";
        stream.setEncoding("utf8");
        stream.on("data", (chunk: string) => (body += chunk));
        await once(stream, "end");
        return { status: Number(answer[":status"]), headers: answer, body };
    } finally {
        session.close();
    }
}

async function opened(
    session: http2.ClientHttp2Session,
    headers: http2.OutgoingHttpHeaders,
): Promise<http2.ClientHttp2Stream> {
    await once(session, "connect");
    const stream = session.request(headers);
    stream.setTimeout(timeoutMs, () => {
        stream.destroy(new Error(`no answer within ${timeoutMs / 1000} s`));
    });
    stream.end();
    return stream;
}
