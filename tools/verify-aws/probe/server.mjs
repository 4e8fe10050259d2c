/* The service of the probe: answers /things with the headers that reached it. No dependency, so that the image is small. */
import { createServer } from "node:http";

const PORT = Number(process.env.PORT ?? 8080);

const send = (response, status, type, body) => {
    response.writeHead(status, { "content-type": type });
    response.end(JSON.stringify(body));
};

const server = createServer((request, response) => {
    request.resume();
    const path = (request.url ?? "").split("?")[0] ?? "";
    const [, name] = /\/things(?:\/([^/]+))?$/.exec(path) ?? [];
    if (path === "/healthz") {
        send(response, 200, "application/json", {});
    } else if (!/\/things(\/|$)/.test(path) || (name !== undefined && name !== "echo")) {
        const problem = { type: "about:blank", title: "Not Found", status: 404, errors: [] };
        send(response, 404, "application/problem+json", problem);
    } else {
        const thing = { name: "echo", seen: JSON.stringify({ ...request.headers, ":path": request.url }) };
        send(
            response,
            200,
            "application/json",
            name === undefined ? { data: [thing], page: { total: 1 } } : thing,
        );
    }
});
server.listen(PORT, process.env.HOST, () => console.log(`listening on port ${server.address().port}`));

process.on("SIGTERM", () => process.exit(0));
