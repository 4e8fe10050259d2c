import type { Finding } from "../finding";
import type { Bootstrap } from "../facts/envoy/bootstrap";
import { conditionalFilter } from "../facts/envoy/fallback";
import { localRateLimit } from "../facts/envoy/http";
import { connectionManagerOf } from "../facts/envoy/listener";
import { typeOf } from "../facts/envoy/message";
import type { Value } from "../facts/value";

/** HTTP filters whose effect the rules know. Others (Lua, WebAssembly, external processing…) may do anything with a request. */
const known = new Set(
    [
        "buffer.v3.Buffer",
        "cors.v3.Cors",
        "health_check.v3.HealthCheck",
        "local_ratelimit.v3.LocalRateLimit",
        "ratelimit.v3.RateLimit",
        "rbac.v3.RBAC",
        "router.v3.Router",
    ].map((name) => `envoy.extensions.filters.http.${name}`),
);

/** Every listener carries HTTP through filters whose effect is known. */
export function filtersAreKnown({ listeners }: Bootstrap): readonly Finding[] {
    return listeners.flatMap(({ message, chains }) => [
        ...message
            .get("listener_filters")
            .items()
            .map((filter) => filter.finding("no listener filters")),
        ...chains.flatMap(knownChain),
    ]);
}

/** A limit that some requests skip is a limit; whether the right ones do is the limit's own rule's matter. */
function conditional(filter: Value): Value {
    const config = filter.get("typed_config");
    const inner = config.get("extension_config");
    return typeOf(config) === conditionalFilter && typeOf(inner.get("typed_config")) === localRateLimit
        ? inner
        : filter;
}

function knownChain(chain: Value): readonly Finding[] {
    const manager = connectionManagerOf(chain);
    const filters = chain.get("filters");
    if (filters.items().length === 0) {
        return [];
    }
    if (manager === undefined || filters.items().length !== 1) {
        return [filters.finding("an HTTP connection manager alone", "other filters")];
    }
    return [
        ...manager
            .get("http_filters")
            .items()
            .flatMap((filter) => {
                const type = typeOf(conditional(filter).get("typed_config"));
                return filter.require(
                    known.has(type ?? ""),
                    "a filter that this pack knows",
                    type ?? "no type",
                );
            }),
        ...manager.get("upgrade_configs").items().flatMap(keepsFilters),
    ];
}

/** Behind CONNECT would be a tunnel, in which nobody reads requests. */
function keepsFilters(upgrade: Value): readonly Finding[] {
    const [kind, filters] = [upgrade.get("upgrade_type"), upgrade.get("filters")];
    return [
        ...kind.require(kind.text?.toLowerCase() === "websocket", '"websocket"'),
        ...filters.require(filters.isMissing, "nothing: the connection manager's filters"),
    ];
}
