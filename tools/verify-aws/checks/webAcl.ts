import { accessLogs, call, LOGGED, many, rows, webAclLogs } from "../calls";
import { holds, notSeen, type Check, type Finding, type Probe } from "../check";
import type { Answer } from "../http";

/** More than AWS WAF lets one credential do in 60 seconds, by as much as it may count late. */
const SURGE = 1500;

/** One surge a run, with one credential that no authorizer would accept, from a page of the second origin. */
const surges = new WeakMap<Probe["ask"], Promise<readonly Answer[]>>();

function surge(probe: Probe): Promise<readonly Answer[]> {
    const started =
        surges.get(probe.ask) ??
        many(SURGE, () =>
            call(probe, "/things", { headers: { authorization: "none", origin: probe.settings.origins[1] } }),
        );
    surges.set(probe.ask, started);
    return started;
}

export const webAcl: readonly Check[] = [
    {
        entry: 11,
        title: "AWS WAF counts by the credential before authorizers run",
        run: async (probe: Probe): Promise<Finding> => {
            const answers = await surge(probe);
            const refused = answers.filter(({ status }) => status === 429).length;
            return holds(
                refused > 0,
                `of ${answers.length} requests with one invalid token ${refused} got 429`,
            );
        },
    },
    {
        entry: 24,
        title: "a counting rule's label lets WAF's 429 name the second origin",
        run: async (probe: Probe): Promise<Finding> => {
            const refused = (await surge(probe)).find(({ status }) => status === 429);
            if (refused === undefined) {
                return notSeen("no request was refused with 429");
            }
            const allowed = refused.headers["access-control-allow-origin"];
            return holds(
                allowed === probe.settings.origins[1] && refused.headers["retry-after"] === "60",
                `429 allows ${allowed ?? "nobody"}, retry-after ${refused.headers["retry-after"] ?? "missing"}`,
            );
        },
    },
    {
        entry: 16,
        title: "no credential is in AWS WAF's logs",
        run: async (probe: Probe): Promise<Finding> => {
            const since = probe.now();
            const [token, key] = [await probe.token("full"), probe.outputs.apiKeys.full ?? ""];
            await call(probe, "/things", {
                method: "POST",
                headers: { "content-type": "text/plain" },
                body: "{}",
            });
            const events = await probe.until(
                LOGGED,
                () => probe.aws.logs(webAclLogs(probe), since),
                (found) => found.length > 0,
            );
            const text = events.map(({ message }) => message).join("\n");
            return events.length === 0
                ? notSeen("AWS WAF logged nothing")
                : holds(
                      !text.includes(token) && !text.includes(key),
                      `${events.length} entries, ${text.includes(token) || text.includes(key) ? "with" : "without"} token or key`,
                  );
        },
    },
    {
        entry: 25,
        title: "what AWS WAF refused is in the access log as WAF_BLOCK",
        run: async (probe: Probe): Promise<Finding> => {
            const since = probe.now();
            await call(probe, "/things", {
                method: "POST",
                headers: { "content-type": "text/plain" },
                body: "{}",
            });
            const events = await probe.until(
                LOGGED,
                () => probe.aws.logs(accessLogs(probe), since, '{ $.status = "415" }'),
                (found) => found.length > 0,
            );
            const said = rows(events).map(({ waf }) => String(waf));
            return holds(
                said.includes("WAF_BLOCK"),
                `the access log says ${said.join(", ") || "nothing of it"}`,
            );
        },
    },
    {
        entry: 30,
        title: "AWS WAF's metrics have the dimensions WebACL, Region and Rule",
        run: async (probe: Probe): Promise<Finding> => {
            await surge(probe);
            const metrics = await probe.until(
                LOGGED,
                () => probe.aws.metrics("AWS/WAFV2"),
                (found) =>
                    found.some(({ dimensions }) => dimensions.WebACL?.startsWith(probe.settings.prefix)),
            );
            const own = metrics.filter(({ dimensions }) =>
                dimensions.WebACL?.startsWith(probe.settings.prefix),
            );
            const wanted = ["Region", "Rule", "WebACL"];
            const fit = own.filter(
                ({ dimensions }) => Object.keys(dimensions).sort().join() === wanted.join(),
            );
            const all = fit.some(({ dimensions }) => dimensions.Rule === "ALL");
            return holds(
                fit.length > 0 && all,
                `${fit.length} of ${own.length} metrics have them, ALL is ${all ? "" : "not "}among the rules`,
            );
        },
    },
    {
        entry: 32,
        title: "the access log tells a refusal of AWS WAF from one of the ingress",
        run: async (probe: Probe): Promise<Finding> => {
            const since = probe.now();
            await surge(probe);
            // A user within AWS WAF's limit and above the ingress's: AWS WAF counts late, the ingress at once.
            await many(SURGE, () => call(probe, "/things"));
            const events = await probe.until(
                LOGGED,
                () => probe.aws.logs(accessLogs(probe), since, '{ $.status = "429" }'),
                (found) => rows(found).some(({ refusal }) => refusal === "-"),
            );
            const said = rows(events);
            const byWaf = said.filter(({ waf, refusal }) => waf === "WAF_BLOCK" && refusal !== "-").length;
            const byIngress = said.filter(
                ({ waf, refusal }) => waf !== "WAF_BLOCK" && refusal === "-",
            ).length;
            return byIngress === 0
                ? notSeen(`AWS WAF refused all ${byWaf} of them before the ingress did`)
                : holds(
                      byWaf > 0,
                      `${byWaf} with a reason, of AWS WAF; ${byIngress} with "-", of the ingress`,
                  );
        },
    },
];
