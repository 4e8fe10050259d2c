import { codecOf, connectionManager } from "./connectionManager";
import { seconds, typed, type JsonObject } from "./json";
import { listener } from "./listener";
import type { Upstream } from "./spec";

/** The loopback address on which the application reaches one callee. */
export function egressListener(localPort: number, upstream: Upstream): JsonObject {
    return listener({
        name: `egress-${upstream.name}`,
        address: "127.0.0.1",
        port: localPort,
        filter: connectionManager({
            name: `egress-${upstream.name}`,
            codec: codecOf(upstream.protocol),
            requestTimeoutSeconds: upstream.requestTimeoutSeconds,
            clientCertificate: "remove",
            filters: [],
            routes: upstreamRoutes(upstream, { prefix: "/" }),
        }),
    });
}

/** Routes to a callee: repeated where a repeat is safe, never elsewhere. */
export function upstreamRoutes(
    upstream: Upstream,
    match: JsonObject,
    action: JsonObject = {},
): readonly JsonObject[] {
    const route = {
        cluster: upstream.name,
        timeout: seconds(upstream.requestTimeoutSeconds),
        host_rewrite_literal: upstream.name,
        ...action,
    };
    const repeatable = { ...route, retry_policy: retryPolicy(upstream.requestTimeoutSeconds) };
    const safe = upstream.safeRepeats.map(({ method, pathPrefix }) => ({
        match: { prefix: pathPrefix, headers: [{ name: ":method", string_match: { exact: method } }] },
        route: repeatable,
    }));
    return [
        ...("prefix" in match ? safe : []),
        { match: { ...match, headers: [readsOnly] }, route: repeatable },
        { match, route },
    ];
}

const readsOnly: JsonObject = { name: ":method", string_match: { safe_regex: { regex: "GET|HEAD" } } };

/** Two repeats at most, spread out, on another instance; the cluster's budget bounds them all to 20 % of the requests in flight. */
function retryPolicy(requestTimeoutSeconds: number): JsonObject {
    return {
        retry_on: "5xx",
        num_retries: 2,
        per_try_timeout: seconds(requestTimeoutSeconds / 3),
        retry_back_off: { base_interval: "0.025s", max_interval: "0.250s" },
        retry_host_predicate: [
            {
                name: "envoy.retry_host_predicates.previous_hosts",
                typed_config: typed("envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate"),
            },
        ],
        host_selection_retry_max_attempts: 3,
    };
}
