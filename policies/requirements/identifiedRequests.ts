import type { Finding } from "../finding";
import { bucketedBy, descriptorOf } from "../facts/envoy/descriptors";
import { distinguished, type Headers } from "../facts/envoy/headerMatch";
import { virtualHosts } from "../facts/envoy/http";
import { isRefused } from "../facts/envoy/routes";
import type { Value } from "../facts/value";

/** Headers in which API Gateway passes an identity on. */
const [user, consumer] = ["x-user-id", "x-consumer-id"];
/** Ids as Cognito makes them, and as another issuer may. */
const userIds = ["7f9a2f4e-3b1c-4d5e-8f60-a1b2c3d4e5f6", "auth0|5f7c8ec7", "someone@shop.example", "4711"];
const consumerIds = ["k3x9w2m1q0", "203.0.113.7"];

/**
 * Every request that enters is counted for its user or its consumer, or refused. Requests of each kind are followed through the
 * filter's actions and the first routes, as Envoy would: with and without each identity, empty, and with every value on
 * which a matcher decides.
 */
export function countsEveryRequest(manager: Value, limit: Value): readonly Finding[] {
    const rates = limit.get("rate_limits").items();
    const configured = limit.get("descriptors").items();
    return virtualHosts(manager).flatMap((host) => {
        const tree = host.get("matcher");
        const routes = host.get("routes").items();
        const uncounted = requests(matchersOf(rates, routes)).filter((headers) => {
            const by = rates.flatMap((rate) => {
                const descriptor = descriptorOf(rate, headers);
                return descriptor === undefined
                    ? []
                    : configured.flatMap((one) => bucketedBy(one, descriptor));
            });
            return !isCounted(by, headers) && !isRefused(routes, headers);
        });
        return [
            ...tree.require(tree.isMissing, "nothing: a list of routes"),
            ...uncounted
                .slice(0, 1)
                .map((headers) => limit.finding(required, `neither for ${described(headers)}`)),
        ];
    });
}

const required = `a bucket of its own for each ${user} and ${consumer}, or a first route that refuses the request`;

/** A known user has a bucket of their own: a consumer's key may be shared. */
function isCounted(by: readonly string[], headers: Headers): boolean {
    return userIds.includes(headers[user] ?? "")
        ? by.includes(user)
        : by.includes(user) || by.includes(consumer);
}

function requests(matchers: readonly Value[]): readonly Headers[] {
    const values = (header: string, ids: readonly string[]): readonly (string | undefined)[] => [
        undefined,
        "",
        ...ids,
        ...new Set(matchers.flatMap((matcher) => distinguished(matcher, header))),
    ];
    const consumers = values(consumer, consumerIds);
    return values(user, userIds).flatMap((userId) =>
        consumers.map((consumerId) => ({ [user]: userId, [consumer]: consumerId })),
    );
}

function matchersOf(rates: readonly Value[], routes: readonly Value[]): readonly Value[] {
    return [
        ...rates
            .flatMap((rate) => rate.get("actions").items())
            .map((action) => action.get("header_value_match")),
        ...routes.map((route) => route.get("match")),
    ].flatMap((message) => message.get("headers").items());
}

function described(headers: Headers): string {
    return [user, consumer]
        .map((name) => `${name} ${headers[name] === undefined ? "absent" : JSON.stringify(headers[name])}`)
        .join(", ");
}
