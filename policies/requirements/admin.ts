import type { Finding } from "../finding";
import { portOf, reachOf } from "../facts/envoy/address";
import type { Bootstrap } from "../facts/envoy/bootstrap";
import type { Value } from "../facts/value";

/** Pages of the administration interface that show numbers, and the one that has a proxy drained. Source: Envoy, "Administration interface". */
const pages =
    /^\/(ready|healthcheck\/(fail|ok)|stats|clusters|listeners|server_info|memory|hot_restart_version)(\/|$)/;

/**
 * Every container of the task reaches the administration interface. `/runtime_modify` would open the breaker and the limits, `/quitquitquit`
 * would end the proxy; and no caller gets there through the proxy.
 */
export function adminIsNarrow({ message, clusters }: Bootstrap): readonly Finding[] {
    const admin = message.get("admin");
    if (admin.isMissing) {
        return [];
    }
    const [allowed, port] = [admin.get("allow_paths"), portOf(admin.get("address"))];
    return [
        ...allowed.require(allowed.items().length > 0, "a list of pages that change nothing"),
        ...allowed.items().flatMap(isHarmless),
        ...clusters
            .filter(({ addresses }) =>
                addresses.some((address) => reachOf(address) === "task" && portOf(address) === port),
            )
            .map((cluster) =>
                cluster.message.finding(
                    "no cluster that leads to the administration interface",
                    "one that does",
                ),
            ),
    ];
}

function isHarmless(path: Value): readonly Finding[] {
    const [kind, ...others] = path.fields;
    return path.require(
        others.length === 0 &&
            (kind === "exact" || kind === "prefix") &&
            pages.test(path.get(kind).text ?? ""),
        "an exact page or a prefix that shows numbers or has the proxy drained",
    );
}
