import { call } from "../calls";
import { holds, type Check, type Finding, type Probe } from "../check";
import { json, told } from "../http";

const JSON_TYPE = { "content-type": "application/json" };
const SECRET = "s3cr3t-of-the-client";

export const answers: readonly Check[] = [
    {
        entry: 12,
        title: "API Gateway's own errors are problem details",
        run: async (probe: Probe): Promise<Finding> => {
            const answer = await call(probe, "/no/such/path");
            const type = answer.headers["content-type"] ?? "";
            return holds(answer.status === 404 && type.startsWith("application/problem+json"), told(answer));
        },
    },
    {
        entry: 13,
        title: "the preflight picks the allowed origin",
        run: async (probe: Probe): Promise<Finding> => {
            const preflight = async (origin: string): Promise<string | undefined> => {
                const headers = { origin, "access-control-request-method": "GET" };
                const url = `${probe.outputs.urls.v2}/things`;
                return (await probe.ask(url, { method: "OPTIONS", headers })).headers[
                    "access-control-allow-origin"
                ];
            };
            const [first, second] = probe.settings.origins;
            const seen = [await preflight(second), await preflight("https://evil.example")];
            return holds(
                seen[0] === second && seen[1] === first,
                `the second origin gets ${seen[0] ?? "nothing"}, another ${seen[1] ?? "nothing"}`,
            );
        },
    },
    {
        entry: 14,
        title: "imported models keep minItems and maxItems",
        run: async (probe: Probe): Promise<Finding> => {
            const make = async (names: readonly string[]): Promise<number> => {
                const body = JSON.stringify({ names });
                return (await call(probe, "/things", { method: "POST", headers: JSON_TYPE, body })).status;
            };
            const [none, two, three] = [await make([]), await make(["a", "b"]), await make(["a", "b", "c"])];
            return holds(
                none === 400 && two === 200 && three === 400,
                `no item ${none}, two ${two}, three ${three}; at most two are allowed, at least one`,
            );
        },
    },
    {
        entry: 15,
        title: "a body of another type is refused before API Gateway",
        run: async (probe: Probe): Promise<Finding> => {
            const answer = await call(probe, "/things", {
                method: "POST",
                headers: { "content-type": "text/plain" },
                body: "{}",
            });
            return holds(answer.status === 415, told(answer));
        },
    },
    {
        entry: 21,
        title: "a 400 repeats no value of the request",
        run: async (probe: Probe): Promise<Finding> => {
            const body = JSON.stringify({ [SECRET]: SECRET });
            const answer = await call(probe, "/things", { method: "POST", headers: JSON_TYPE, body });
            const { detail } = (json(answer) ?? {}) as { detail?: unknown };
            return holds(
                answer.status === 400 && typeof detail === "string" && !answer.body.includes(SECRET),
                `${told(answer)}, detail ${JSON.stringify(detail)}; the value is ${answer.body.includes(SECRET) ? "" : "not "}in it`,
            );
        },
    },
    {
        entry: 23,
        title: "AWS WAF overwrites the header that says which origin is allowed, and errors copy it",
        run: async (probe: Probe): Promise<Finding> => {
            const [, origin] = probe.settings.origins;
            const answer = await call(probe, "/no/such/path", {
                headers: { origin, "x-amzn-waf-allowed-origin": "https://evil.example" },
            });
            const allowed = answer.headers["access-control-allow-origin"];
            return holds(allowed === origin, `${told(answer)} allows ${allowed ?? "nobody"}`);
        },
    },
];
