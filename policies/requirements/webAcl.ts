import type { Finding } from "../finding";
import type { Resource } from "../facts/stack";
import type { Value } from "../facts/value";
import { actionOf, reachedRules, webAclRules } from "../facts/webAcls";

const credentialHeader = "authorization";
/** AWS WAF's default, in seconds; 60 is the shortest that it takes. */
const defaultWindowSeconds = 300;

export interface WebAclNumbers {
    readonly userRequestsPerMinute: number;
    readonly ipRequestsPerMinute: number;
}

/** Each credential is held to the user's limit, and each address to one of its own, whatever it sends. */
export function limitsRates(webAcl: Resource, numbers: WebAclNumbers): readonly Finding[] {
    const rules = webAclRules(webAcl);
    const reached = reachedRules(rules);
    const limits = reached.filter((rule) => actionOf(rule) === "block").map(rateStatement);
    const subject = `Web ACL "${webAcl.name}"`;
    const found = rules.map((rule) => describe(rule, reached.includes(rule))).join("; ") || "no rules";
    const perCredential = limits.some(
        (limit) => countsCredentials(limit) && holds(limit, numbers.userRequestsPerMinute),
    );
    const perAddress = limits.some(
        (limit) => limit.get("aggregateKeyType").text === "IP" && holds(limit, numbers.ipRequestsPerMinute),
    );
    const required = (key: string, most: number): string =>
        `a rule that blocks more than ${most} requests per ${key} and minute, over all requests, ahead of any rule that can allow`;
    return [
        ...(perCredential
            ? []
            : [
                  {
                      at: subject,
                      found,
                      required: required(`"${credentialHeader}" header`, numbers.userRequestsPerMinute),
                  },
              ]),
        ...(perAddress
            ? []
            : [{ at: subject, found, required: required("IP address", numbers.ipRequestsPerMinute) }]),
    ];
}

function rateStatement(rule: Value): Value {
    return rule.get("statement", "rateBasedStatement");
}

/** A longer window must not hold more: all of it may come within one minute. */
function holds(limit: Value, most: number): boolean {
    const requests = limit.get("limit").number;
    const window = limit.get("evaluationWindowSec").numberOr(defaultWindowSeconds);
    return (
        requests !== undefined &&
        requests <= most &&
        window >= 60 &&
        limit.get("scopeDownStatement").isMissing
    );
}

/** One key alone: together with another one each combination would have a limit of its own. */
function countsCredentials(limit: Value): boolean {
    const keys = limit.get("customKeys").items();
    const header = keys[0]?.get("header", "name").text;
    return (
        limit.get("aggregateKeyType").text === "CUSTOM_KEYS" &&
        keys.length === 1 &&
        header?.toLowerCase() === credentialHeader
    );
}

function describe(rule: Value, isReached: boolean): string {
    const limit = rateStatement(rule);
    const window = limit.get("evaluationWindowSec").numberOr(defaultWindowSeconds);
    const kind = limit.isMissing
        ? "no rate limit"
        : [
              `${limit.get("limit").shown} in ${window} s per ${limit.get("aggregateKeyType").shown}`,
              ...(limit.get("scopeDownStatement").isMissing ? [] : ["scoped down"]),
          ].join(", ");
    const order = isReached ? "" : ", after a rule that can allow";
    return `${rule.get("name").shown} (${kind}, ${actionOf(rule) ?? "no single action"}${order})`;
}
