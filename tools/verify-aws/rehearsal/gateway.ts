import type { Answer, Ask, Question } from "../http";
import type { Outputs } from "../outputs";
import type { ProbeTarget } from "../check";
import type { Records } from "./records";

/** Rows of docs/unproven.md of which the played AWS does the opposite: a check must then say so. */
export type Flaws = ReadonlySet<number>;

export const TOKENS = { full: "played.token.full", writer: "played.token.writer" } as const;

const PROBLEM = { "content-type": "application/problem+json" };
const JSON_TYPE = { "content-type": "application/json" };

const answer = (status: number, headers: Answer["headers"], body: unknown): Answer => ({
    status,
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
});
const problem = (status: number, more: object = {}, headers: Answer["headers"] = {}): Answer =>
    answer(status, { ...PROBLEM, ...headers }, { type: "about:blank", title: "Refused", status, ...more });

/** API Gateway, AWS WAF, user pool, ingress and service as their documentation describes them: for a rehearsal of the checks. */
export function playedGateway(settings: ProbeTarget, outputs: Outputs, flaws: Flaws, records: Records): Ask {
    const asked = new Map<string, number>();
    const wrong = (entry: number): boolean => flaws.has(entry);

    function refusedByWaf(question: Required<Question>, url: string): Answer | undefined {
        const { headers, method } = question;
        const credential = headers.authorization ?? "";
        const count = (asked.get(credential) ?? 0) + 1;
        asked.set(credential, count);
        const allowed = wrong(24) ? settings.origins[0] : (headers.origin ?? settings.origins[0]);
        // AWS WAF counts late: a user of the ingress's limit meets that first.
        if (credential === "none" && count > 1000 && !wrong(11)) {
            records.access(url, 429, wrong(32) ? "-" : "WAF_BLOCK", wrong(32) ? "-" : "WAF_FILTERED");
            return problem(429, {}, { "retry-after": "60", "access-control-allow-origin": allowed });
        }
        if (method === "POST" && headers["content-type"] !== "application/json" && !wrong(15)) {
            records.access(url, 415, wrong(25) ? "-" : "WAF_BLOCK", "WAF_FILTERED");
            records.webAcl(wrong(16) ? credential : "hash");
            return problem(415);
        }
        return undefined;
    }

    function refusedByGateway(
        { body, headers, method }: Required<Question>,
        url: string,
    ): Answer | undefined {
        const has = {
            token: headers.authorization?.startsWith("Bearer ") === true,
            key: headers["x-api-key"] !== undefined,
        };
        const refused = (status: number): Answer => {
            records.access(url, status, "-", "REFUSED");
            return problem(status);
        };
        if (!has.token && !wrong(5)) {
            return refused(401);
        }
        if (
            !has.key ||
            (headers.authorization?.endsWith(TOKENS.writer) === true && method === "GET" && !wrong(6))
        ) {
            return refused(403);
        }
        const { names } = JSON.parse(body === "" ? "{}" : body) as { names?: readonly string[] };
        const fits = names !== undefined && names.length >= 1 && (names.length <= 2 || wrong(14));
        if (method === "POST" && headers["content-type"] === "application/json" && !fits) {
            records.access(url, 400, "-", "BAD_REQUEST_BODY");
            return problem(400, { detail: wrong(21) ? body : "Invalid request body" });
        }
        return undefined;
    }

    function served(question: Required<Question>, url: string): Answer {
        const { headers } = question;
        const version = url.startsWith(outputs.urls.v1) ? "v1" : "v2";
        const credential = headers.authorization ?? "";
        if ((asked.get(credential) ?? 0) > 1100) {
            records.access(url, 429, "-", "-");
            return problem(429);
        }
        records.request(wrong(2) ? "/things" : `/${version}/things`);
        if (wrong(1) || wrong(3) || wrong(4) || wrong(17)) {
            return problem(500);
        }
        if (records.restarting && wrong(7)) {
            return problem(502);
        }
        if (url.endsWith("/missing")) {
            return problem(404, wrong(19) ? { errors: [] } : {});
        }
        const own = Object.fromEntries(
            Object.entries(headers).filter(([name]) => wrong(27) || !/^x-(user|consumer)-id$/i.test(name)),
        );
        const user =
            credential.endsWith(settings.issuerToken ?? "none") && !wrong(18)
                ? { "x-user-id": "played-user" }
                : {};
        const thing = { name: "echo", seen: JSON.stringify({ ...own, ...user }) };
        const list = { data: [thing], page: { total: 1 } };
        const old = wrong(20) ? { total: "1", items: [] } : { total: 1, items: [{ name: "echo" }] };
        if (version === "v1") {
            return answer(200, JSON_TYPE, url.endsWith("/echo") ? { name: "echo" } : old);
        }
        return answer(200, JSON_TYPE, list);
    }

    return (url, asking = {}) => {
        const question = { method: "GET", headers: {}, body: "", ...asking };
        const { headers, method } = question;
        if (url.includes("amazoncognito.com")) {
            const [client] = Buffer.from(headers.authorization?.slice(6) ?? "", "base64")
                .toString()
                .split(":");
            const writer = client === outputs.clientIds.writer;
            return Promise.resolve(
                answer(200, JSON_TYPE, { access_token: writer ? TOKENS.writer : TOKENS.full }),
            );
        }
        if (url.startsWith("https://github.example")) {
            const claims = wrong(41)
                ? {}
                : { environment: "e", job_workflow_ref: "j", ref: "r", repository_id: "1" };
            const token = `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;
            return Promise.resolve(answer(200, JSON_TYPE, { value: token }));
        }
        if (method === "OPTIONS") {
            const known = settings.origins.find((origin) => origin === headers.origin) ?? settings.origins[0];
            const allowed = wrong(13) ? settings.origins[0] : known;
            return Promise.resolve(answer(204, { "access-control-allow-origin": allowed }, ""));
        }
        if (url.endsWith("/no/such/path")) {
            records.access(url, 404, "-", "MISSING_AUTHENTICATION_TOKEN");
            const spoofed = headers["x-amzn-waf-allowed-origin"];
            const allowed =
                wrong(23) && spoofed !== undefined ? spoofed : (headers.origin ?? settings.origins[0]);
            const type = wrong(12) ? JSON_TYPE : PROBLEM;
            return Promise.resolve(answer(404, { ...type, "access-control-allow-origin": allowed }, {}));
        }
        return Promise.resolve(
            refusedByWaf(question, url) ?? refusedByGateway(question, url) ?? served(question, url),
        );
    };
}
