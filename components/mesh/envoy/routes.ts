import type { Json, JsonObject } from "../json";
import { seconds, typed } from "./message";
import type { Upstream } from "./spec";

interface Kind {
    readonly match: JsonObject;
    /** Whether sending such a request twice does no harm. */
    readonly isSafe: boolean;
}

/**
 * Routes to a callee: first the headers that choose a version, then the weights. Repeated, and mirrored, where sending a
 * request twice is safe, and never elsewhere.
 */
export function upstreamRoutes(
    upstream: Upstream,
    match: JsonObject,
    action: JsonObject = {},
): readonly JsonObject[] {
    const route = {
        timeout: seconds(upstream.requestTimeoutSeconds),
        host_rewrite_literal: upstream.name,
        ...action,
    };
    const safely = (isSafe: boolean, more: JsonObject): JsonObject =>
        isSafe ? { retry_policy: retryPolicy(upstream), ...more } : {};
    const byHeader = upstream.headerRoutes.flatMap(({ header, value, deployment }) =>
        kinds(upstream, { ...match, headers: [{ name: header, string_match: { exact: value } }] }).map(
            (kind) => ({
                match: kind.match,
                route: { cluster: deployment, ...route, ...safely(kind.isSafe, {}) },
            }),
        ),
    );
    const byWeight = kinds(upstream, match).map((kind) => ({
        match: kind.match,
        route: { ...split(upstream), ...route, ...safely(kind.isSafe, mirrors(upstream)) },
    }));
    return [...byHeader, ...byWeight];
}

/** Reads, what the callee declares as safe to repeat, and the rest. All that gRPC sends is POST. */
function kinds(upstream: Upstream, match: JsonObject): readonly Kind[] {
    const headers = (match.headers ?? []) as readonly Json[];
    const safe = upstream.safeRepeats.map(({ method, pathPrefix }) => ({
        match: { prefix: pathPrefix, headers: [...headers, methodIs({ exact: method })] },
        isSafe: true,
    }));
    const reads = { match: { ...match, headers: [...headers, readsOnly] }, isSafe: true };
    return [
        ...("prefix" in match ? safe : []),
        ...(upstream.protocol === "grpc" ? [] : [reads]),
        { match, isSafe: false },
    ];
}

/** One cluster, or several by weight; a version of weight 0 gets nothing. */
function split({ versions }: Upstream): JsonObject {
    const weighted = versions.filter(({ weight }) => weight > 0);
    const [first, ...others] = weighted;
    return first !== undefined && others.length === 0
        ? { cluster: first.deployment }
        : {
              weighted_clusters: {
                  clusters: weighted.map(({ deployment, weight }) => ({ name: deployment, weight })),
              },
          };
}

function mirrors(upstream: Upstream): JsonObject {
    const policies = upstream.mirrors.map(({ deployment, percent }) => ({
        cluster: deployment,
        runtime_fraction: { default_value: { numerator: percent, denominator: "HUNDRED" } },
    }));
    return policies.length === 0 ? {} : { request_mirror_policies: policies };
}

function methodIs(match: JsonObject): JsonObject {
    return { name: ":method", string_match: match };
}

const readsOnly = methodIs({ safe_regex: { regex: "GET|HEAD" } });

/** Two repeats at most, spread out, on another instance; the cluster's budget bounds them all to 20 % of the requests in flight. */
function retryPolicy({ protocol, requestTimeoutSeconds }: Upstream): JsonObject {
    return {
        // A gRPC failure arrives as 200; these are the statuses that stand for 500, 503 and 504.
        retry_on: protocol === "grpc" ? "5xx,internal,unavailable,deadline-exceeded" : "5xx",
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
