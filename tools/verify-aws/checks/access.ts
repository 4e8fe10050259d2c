import { call, seenBy } from "../calls";
import { holds, notSeen, type Check, type Finding, type Probe } from "../check";
import { told } from "../http";

export const access: readonly Check[] = [
    {
        entry: 5,
        title: "token and key are both required",
        run: async (probe: Probe): Promise<Finding> => {
            const both = await call(probe, "/things");
            const noKey = await call(probe, "/things", { headers: { "x-api-key": "" } });
            const noToken = await call(probe, "/things", { headers: { authorization: "" } });
            return holds(
                both.status === 200 && noKey.status === 403 && noToken.status === 401,
                `with both ${both.status}, without the key ${noKey.status}, without the token ${noToken.status}`,
            );
        },
    },
    {
        entry: 6,
        title: "the authorizer accepts access tokens with the scope, and refuses those without",
        run: async (probe: Probe): Promise<Finding> => {
            const reader = await call(probe, "/things");
            const headers = {
                authorization: `Bearer ${await probe.token("writer")}`,
                "x-api-key": probe.outputs.apiKeys.writer ?? "",
            };
            const writer = await call(probe, "/things", { headers });
            return holds(
                reader.status === 200 && writer.status === 403,
                `with probe/read ${reader.status}, without ${writer.status}`,
            );
        },
    },
    {
        entry: 18,
        title: "the native JWT authorizer is imported, and the user's id reaches the service",
        run: async (probe: Probe): Promise<Finding> => {
            const { issuer, issuerToken } = probe.settings;
            if (issuer === undefined || issuerToken === undefined) {
                return notSeen("asked only with an `issuer` and a token of it (VERIFY_ISSUER_TOKEN)");
            }
            const answer = await call(probe, "/things", {
                headers: { authorization: `Bearer ${issuerToken}` },
            });
            const user = seenBy(answer)?.["x-user-id"];
            const claims = claimsOf(issuerToken);
            return holds(
                answer.status === 200 && user !== undefined && user === claims.sub,
                `${told(answer)}; x-user-id is ${user === claims.sub ? "the token's sub" : "not the token's sub"}`,
            );
        },
    },
    {
        entry: 27,
        title: "a client's own identity header never arrives",
        run: async (probe: Probe): Promise<Finding> => {
            const answers = await Promise.all(
                ["x-user-id", "X-User-Id", "X-USER-ID", "x-consumer-id"].map((name) =>
                    call(probe, "/things", { headers: { [name]: "somebody-else" } }),
                ),
            );
            const believed = answers.filter((answer) =>
                Object.values(seenBy(answer) ?? {}).includes("somebody-else"),
            );
            return holds(
                believed.length === 0,
                `answers ${answers.map(({ status }) => status).join(", ")}; the service saw the client's value ${believed.length} times`,
            );
        },
    },
];

function claimsOf(token: string): Readonly<Record<string, unknown>> {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    return JSON.parse(payload) as Readonly<Record<string, unknown>>;
}
