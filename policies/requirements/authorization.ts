import type { Finding } from "../finding";
import { leavingTask, type Bootstrap } from "../facts/envoy/bootstrap";
import { overridesOf } from "../facts/envoy/http";
import { connectionManagerOf, type Listener } from "../facts/envoy/listener";
import { typeOf } from "../facts/envoy/message";
import { narrowsAsDeclared } from "./narrowing";
import type { CallGraph } from "../facts/callGraph";
import type { Value } from "../facts/value";

const rbac = "envoy.extensions.filters.http.rbac.v3.RBAC";

/** The first filter lets in exactly the declared callers, by their certificates. */
export function letsIn(listener: Listener, service: string, graph: CallGraph): readonly Finding[] {
    const callers = graph.callersOf(service) ?? [];
    const identities = callers.map((caller) => `spiffe://${graph.trustDomain}/${caller}`);
    return listener.chains.flatMap((chain) => {
        const manager = connectionManagerOf(chain);
        const filter = manager?.get("http_filters").items()[0];
        if (manager === undefined || filter === undefined || typeOf(filter.get("typed_config")) !== rbac) {
            return [chain.finding("an RBAC filter ahead of every other", "none")];
        }
        return [
            ...filter.get("disabled").require(filter.get("disabled").isOff, "an enabled filter"),
            ...overridesOf(manager, filter).map((override) =>
                override.finding("nothing: the filter's own rules"),
            ),
            ...allowsExactly(filter.get("typed_config"), identities),
            ...narrowsAsDeclared(manager, service, callers, graph),
        ];
    });
}

function allowsExactly(config: Value, identities: readonly string[]): readonly Finding[] {
    const rules = config.get("rules");
    const policies = rules.get("policies");
    const [action, matcher] = [rules.get("action"), config.get("matcher")];
    if (rules.isMissing) {
        return [rules.finding("rules that allow the declared callers only")];
    }
    const principals = policies.fields.flatMap((name) => {
        const policy = policies.get(name);
        return policy.get("principals").items();
    });
    const allowed = principals.map(identityOf);
    const readable = (text: readonly string[]): string => [...text].sort().join(", ") || "nobody";
    const isExact =
        allowed.every((identity) => identity !== undefined && identities.includes(identity)) &&
        identities.every((identity) => allowed.includes(identity));
    return [
        ...action.require(action.isMissing || action.text === "ALLOW", '"ALLOW": everything else is denied'),
        ...matcher.require(matcher.isMissing, "nothing: rules decide"),
        ...policies.require(
            isExact,
            `exactly the declared callers: ${readable(identities)}`,
            readable(allowed.map((identity) => identity ?? "somebody that cannot be told")),
        ),
    ];
}

export function identityOf(principal: Value): string | undefined {
    const name = principal.get("authenticated", "principal_name");
    const isPlain = principal.fields.length === 1 && name.fields.length === 1;
    return isPlain ? name.get("exact").text : undefined;
}

/** A member calls only whom the graph lets it call. */
export function callsDeclared(bootstrap: Bootstrap, member: string, graph: CallGraph): readonly Finding[] {
    return leavingTask(bootstrap).flatMap(({ hosts, message }) =>
        hosts.flatMap((host) => {
            const callee = graph.serviceOf(host?.replace(`.${graph.trustDomain}`, "") ?? "");
            const isDeclared = graph.lets(member, callee);
            return message.require(
                isDeclared,
                `a call that the mesh declares for ${member}`,
                host ?? "no host",
            );
        }),
    );
}
