import type { Finding } from "../finding";
import { virtualHosts } from "../facts/envoy/http";
import { typeOf } from "../facts/envoy/message";
import type { Value } from "../facts/value";

const headerMutation = "envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation";
const removals = new Set(["remove", "remove_on_match"]);

/** Headers that services or proxies believe: of an identity, of a caller's certificate, and those that steer the router. */
const believed = /^(x-user-id|x-consumer-id|x-forwarded-client-cert|x-envoy-.*)$/i;

/** Nothing but the gateway and the connection manager says who somebody is, and nothing steers the router. */
export function setsNoBelievedHeader(manager: Value): readonly Finding[] {
    const table = manager.get("route_config");
    const routes = virtualHosts(manager).flatMap((host) => [host, ...host.get("routes").items()]);
    const weighted = routes.flatMap((route) => route.get("route", "weighted_clusters", "clusters").items());
    return [
        ...[table, ...routes, ...weighted]
            .flatMap((place) => place.get("request_headers_to_add").items())
            .map((addition) => addition.get("header", "key"))
            .flatMap((name) =>
                name.require(
                    name.text !== undefined && !believed.test(name.text),
                    "a header that nobody takes for an identity or an instruction",
                ),
            ),
        ...removesOnly(manager),
    ];
}

/** Mutations ahead of every filter take away, and add nothing. */
export function removesOnly(manager: Value): readonly Finding[] {
    return manager
        .get("early_header_mutation_extensions")
        .items()
        .flatMap((extension) => {
            const mutation = extension.get("typed_config");
            const mutations = mutation.get("mutations").items();
            const holds =
                typeOf(mutation) === headerMutation &&
                mutations.every((one) => one.fields.every((kind) => removals.has(kind)));
            return mutation.require(holds, "only the removal of headers");
        });
}
