import type { Finding } from "../finding";
import type { Resource } from "../facts/stack";
import { actionOf, reachedRules, webAclRules } from "../facts/webAcls";
import { matches, type Probe } from "../facts/webAclStatements";

/** The type that every operation's model is for. */
export const checkedType = "application/json";

const typed = (type: string): Probe => ({ headers: { "content-type": type }, body: "{}" });

/**
 * Bodies that API Gateway holds against no model: of another type, of none, or compressed. It checks nothing where a request's content
 * type is that of no model. Source: API Gateway, "Request validation for REST APIs". The types differ from the one that is checked in
 * every place: a rule that looks at a part of it lets one of them pass.
 */
const unchecked: Readonly<Record<string, Probe>> = {
    "no content type": { headers: {}, body: "{}" },
    "an empty content type": typed(""),
    "text/plain": typed("text/plain"),
    "application/xml": typed("application/xml"),
    "application/x-www-form-urlencoded": typed("application/x-www-form-urlencoded"),
    "application/jsonp": typed("application/jsonp"),
    "application/json+x": typed("application/json+x"),
    "text/json": typed("text/json"),
    "x/application/json": typed("x/application/json"),
    "text/plain; application/json": typed("text/plain; application/json"),
    "text/plain; application/json; x": typed("text/plain; application/json; x"),
    "a body of one byte": { headers: { "content-type": "text/plain" }, body: "1" },
    "a compressed body": {
        headers: { "content-type": checkedType, "content-encoding": "gzip" },
        body: "{}",
    },
};

/** No request reaches the gateway whose body it would pass on unchecked. */
export function refusesUncheckedBodies(webAcl: Resource): readonly Finding[] {
    const blocking = reachedRules(webAclRules(webAcl)).filter((rule) => actionOf(rule) === "block");
    const passing = Object.entries(unchecked)
        .filter(([, probe]) => !blocking.some((rule) => matches(rule.get("statement"), probe) === true))
        .map(([name]) => name);
    return passing.length === 0
        ? []
        : [
              {
                  at: "rules",
                  found: `none that blocks ${passing.join(", ")}`,
                  required: `a rule that blocks every body but ${checkedType} as it is, ahead of any rule that can allow`,
              },
          ];
}
