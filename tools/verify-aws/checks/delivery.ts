import { holds, notSeen, type Check, type Finding, type Probe } from "../check";
import { json } from "../http";

const CLAIMS = ["environment", "job_workflow_ref", "ref", "repository_id"];
const NOT_SEEN =
    "asked only with a `deployRole` that has deployed within a day: CloudTrail tells what it called";
const DENIED = /AccessDenied|Unauthorized/;

/** What the role called, and which of it was denied. */
async function deployed({
    aws,
    settings,
}: Probe): Promise<{ all: readonly string[]; denied: readonly string[] }> {
    const found = settings.deployRole === undefined ? [] : await aws.calls(settings.deployRole);
    return {
        all: found.map(({ name }) => name),
        denied: found.filter(({ error }) => DENIED.test(error)).map(({ name }) => name),
    };
}

export const delivery: readonly Check[] = [
    {
        entry: 41,
        title: "GitHub's tokens carry the claims that the roles' trust compares",
        run: async ({ ask, environment }: Probe): Promise<Finding> => {
            const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = environment;
            if (url === undefined || secret === undefined) {
                return notSeen("asked only in a job of GitHub Actions with `id-token: write`");
            }
            const answer = await ask(`${url}&audience=sts.amazonaws.com`, {
                headers: { authorization: `Bearer ${secret}` },
            });
            const { value = "" } = (json(answer) ?? {}) as { value?: string };
            const payload = Buffer.from(value.split(".")[1] ?? "", "base64url").toString("utf8");
            const claims = JSON.parse(payload === "" ? "{}" : payload) as Record<string, unknown>;
            const missing = CLAIMS.filter((claim) => claims[claim] === undefined);
            return holds(
                missing.length === 0,
                missing.length === 0 ? "all are there" : `missing: ${missing.join(", ")}`,
            );
        },
    },
    {
        entry: 42,
        title: "the deploy role's actions are all that a deploy calls",
        run: async (probe: Probe): Promise<Finding> => {
            const { all, denied } = await deployed(probe);
            return all.length === 0
                ? notSeen(NOT_SEEN)
                : holds(
                      denied.length === 0,
                      `${all.length} calls, denied: ${[...new Set(denied)].join(", ") || "none"}`,
                  );
        },
    },
    {
        entry: 43,
        title: "EC2 and KMS tag what they create in the creating call",
        run: async (probe: Probe): Promise<Finding> => {
            const { all, denied } = await deployed(probe);
            const creating = (names: readonly string[]): readonly string[] =>
                names.filter((name) => ["CreateVpc", "CreateSecurityGroup", "CreateKey"].includes(name));
            return creating(all).length === 0
                ? notSeen(`${NOT_SEEN}; it has made no network and no key`)
                : holds(
                      creating(denied).length === 0,
                      `${creating(all).join(", ")}; denied: ${creating(denied).join(", ") || "none"}`,
                  );
        },
    },
];
