import { gatherOver, type Finding } from "../finding";
import type { Bootstrap } from "../facts/envoy/bootstrap";
import { virtualHosts } from "../facts/envoy/http";
import type { Value } from "../facts/value";
import { servicesOf } from "./safeRepeats";

/** Where a bootstrap's clusters lead. */
export interface Versions {
    readonly bootstrap: Bootstrap;
    /** The service that a deployment is a version of. */
    readonly serviceOf: (deployment: string) => string;
    /** Whether the program has an ECS service of that name. */
    readonly isDeployed: (deployment: string) => boolean;
    /** Whether what a route matches may be sent twice. */
    readonly isSafe: (route: Value) => boolean;
}

/** Ways to choose a cluster that the request, or an extension, decides. */
const others = ["cluster_header", "cluster_specifier_plugin", "inline_cluster_specifier_plugin"];
const weightFields = new Set(["name", "weight"]);

/** Requests are spread over the versions of one service by fixed weights, and copied to versions of the same service only. */
export function splitsTraffic(manager: Value, versions: Versions): readonly Finding[] {
    const places = [manager.get("route_config"), ...virtualHosts(manager)];
    return [
        ...places.flatMap((place) => {
            const mirrors = place.get("request_mirror_policies");
            return mirrors.require(mirrors.isMissing, "nothing: routes that read have their own");
        }),
        ...gatherOver(
            places.flatMap((place) => place.get("routes").items()),
            (route) => splits(route, versions),
        ),
    ];
}

function splits(route: Value, versions: Versions): readonly Finding[] {
    const action = route.get("route");
    const weighted = action.get("weighted_clusters");
    const services = servicesOf(route, versions.serviceOf);
    if (action.isMissing) {
        return [];
    }
    return [
        ...others.flatMap((name) =>
            action
                .get(name)
                .require(action.get(name).isMissing, "a cluster or weighted_clusters of the bootstrap"),
        ),
        ...action.require(services.length === 1, "versions of one service", services.join(", ") || "none"),
        ...(weighted.isMissing ? [] : weighs(weighted, versions)),
        ...mirrors(route, services[0] ?? "", versions),
    ];
}

function weighs(weighted: Value, { bootstrap, isDeployed }: Versions): readonly Finding[] {
    const clusters = weighted.get("clusters").items();
    const sum = clusters.reduce((total, cluster) => total + cluster.get("weight").numberOr(Number.NaN), 0);
    return [
        ...weighted.require(sum === 100, "weights that sum to 100", String(sum)),
        ...weighted.fields
            .filter((field) => field !== "clusters")
            .map((field) => weighted.get(field).finding("nothing: the weights decide")),
        ...clusters.flatMap((cluster) => [
            ...cluster.fields
                .filter((field) => !weightFields.has(field))
                .map((field) => cluster.get(field).finding("nothing: a version gets what the others get")),
            ...cluster
                .get("name")
                .require(isCluster(cluster.get("name"), bootstrap), "a cluster of the bootstrap"),
            ...cluster
                .get("name")
                .require(isDeployed(cluster.get("name").text ?? ""), "a version that an ECS service runs"),
        ]),
    ];
}

function mirrors(
    route: Value,
    service: string,
    { bootstrap, serviceOf, isSafe }: Versions,
): readonly Finding[] {
    return route
        .get("route", "request_mirror_policies")
        .items()
        .flatMap((mirror) => {
            const cluster = mirror.get("cluster");
            const isVersion = isCluster(cluster, bootstrap) && serviceOf(cluster.text ?? "") === service;
            return [
                ...cluster.require(isVersion, `a version of ${service} among the bootstrap's clusters`),
                ...mirror.get("cluster_header").require(mirror.get("cluster_header").isMissing, "nothing"),
                ...mirror.require(
                    isSafe(route),
                    "a route that matches GET or HEAD only, or one listed in safeRepeats",
                    "copies of other methods",
                ),
            ];
        });
}

function isCluster(name: Value, { clusters }: Bootstrap): boolean {
    return clusters.some(({ message }) => message.get("name").text === name.text && name.text !== undefined);
}
