import type { Finding } from "../finding";
import type { Cluster } from "../facts/envoy/cluster";
import { transportOf } from "../facts/envoy/tls";
import type { Value } from "../facts/value";
import { checksPeer, namesPeer, showsCertificate } from "./peer";

const onlyVersion = "TLSv1_3";
const versionFields = ["tls_minimum_protocol_version", "tls_maximum_protocol_version"] as const;

/** A cluster that leaves the task shows its certificate and accepts nobody but the callee that it asks for. */
export function callsWithMutualTls(
    cluster: Cluster,
    serviceOf: (deployment: string) => string,
): readonly Finding[] {
    const { message } = cluster;
    const { kind, context } = transportOf(message);
    if (kind !== "client TLS") {
        const found = kind === "plain text" ? "plain text" : context.shown;
        return [message.get("transport_socket").finding("mutual TLS (an UpstreamTlsContext)", found)];
    }
    return [
        ...onlyOneTransport(message),
        ...checksPeer(context),
        ...showsCertificate(context),
        ...versionFields.flatMap((name) => {
            const version = context.get("common_tls_context", "tls_params", name);
            return version.require(
                version.text === onlyVersion,
                `${onlyVersion} (an upstream's maximum defaults to 1.2)`,
            );
        }),
        ...pinsCallee(cluster, context, serviceOf),
    ];
}

/** Inside the task there is no need for TLS, but nothing may hide a tunnel to the outside. */
export function staysInTask({ message }: Cluster): readonly Finding[] {
    const { kind, context } = transportOf(message);
    const known = kind === "plain text" || kind === "client TLS";
    return [
        ...context.require(known, "plain text or TLS: what a wrapping socket does cannot be judged"),
        ...onlyOneTransport(message),
    ];
}

function onlyOneTransport(message: Value): readonly Finding[] {
    return ["transport_socket_matches", "transport_socket_matcher"].flatMap((name) => {
        const other = message.get(name);
        return other.require(other.isMissing, "nothing: the cluster's one transport socket");
    });
}

/**
 * The identity that belongs to the address: `payment-service.shop.internal` is `spiffe://shop.internal/payment-service`, and so is
 * every version of that service.
 */
function pinsCallee(
    { hosts, message }: Cluster,
    context: Value,
    serviceOf: (deployment: string) => string,
): readonly Finding[] {
    const identities = new Set(hosts.map((host) => identityAt(host, serviceOf)));
    const [identity] = identities;
    if (identities.size !== 1 || identity === undefined) {
        const required =
            "one callee by its name <service>.<trust domain>, so that its identity can be pinned";
        return [
            message.finding(
                required,
                `the addresses ${hosts.map((host) => host ?? "(not given)").join(", ") || "(none)"}`,
            ),
        ];
    }
    return namesPeer(
        context,
        `exactly ${identity} (URI)`,
        (matcher) => matcher.get("exact").text === identity,
    );
}

function identityAt(host: string | undefined, serviceOf: (deployment: string) => string): string | undefined {
    const match = /^([a-z][a-z0-9-]*)\.([a-z][a-z0-9.-]*)$/.exec(host ?? "");
    return match === null ? undefined : `spiffe://${match[2] ?? ""}/${serviceOf(match[1] ?? "")}`;
}
