import type { Value } from "../value";
import { typeOf } from "./message";

const http = "envoy.extensions.filters.http";
export const sharedRateLimit = `${http}.ratelimit.v3.RateLimit`;
export const localRateLimit = `${http}.local_ratelimit.v3.LocalRateLimit`;

/** Filters that neither let a request past the later ones nor change the headers that those read. */
const transparent = new Set([
    `${http}.cors.v3.Cors`,
    `${http}.health_check.v3.HealthCheck`,
    `${http}.rbac.v3.RBAC`,
]);

/**
 * The filter of a type that every request passes, or nothing: where a filter ahead of it could change what it reads, or where it is
 * off, it does not count.
 */
export function firstFilter(manager: Value, type: string): Value | undefined {
    for (const filter of manager.get("http_filters").items()) {
        const found = typeOf(filter.get("typed_config")) ?? "";
        if (found === type) {
            return filter.get("disabled").isOff ? filter : undefined;
        }
        if (!transparent.has(found)) {
            return undefined;
        }
    }
    return undefined;
}

/** Virtual hosts of a static route table. */
export function virtualHosts(manager: Value): readonly Value[] {
    const table = manager.get("route_config");
    const hosts = table.get("virtual_hosts").items();
    if (hosts.length === 0) {
        throw table.unjudgeable("a static route table");
    }
    return hosts;
}

/** Places of a route table that may override the settings of a filter. */
export function overridesOf(manager: Value, filter: Value): readonly Value[] {
    const name = filter.get("name").text ?? "";
    const table = manager.get("route_config");
    const routes = virtualHosts(manager).flatMap((host) => [host, ...host.get("routes").items()]);
    const weighted = routes.flatMap((route) => route.get("route", "weighted_clusters", "clusters").items());
    return [table, ...routes, ...weighted]
        .map((place) => place.get("typed_per_filter_config", name))
        .filter((override) => !override.isMissing);
}
