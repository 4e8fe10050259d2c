import type { Finding } from "../finding";
import type { Bootstrap } from "../facts/envoy/bootstrap";
import { virtualHosts } from "../facts/envoy/http";
import { connectionManagerOf } from "../facts/envoy/listener";
import { peerNames, transportOf } from "../facts/envoy/tls";
import type { Value } from "../facts/value";

const address = /^http:\/\/127\.0\.0\.1:(\d+)$/;
/** Where a proxy intercepts connections, applications call a service by its name in the mesh. */
const meshAddress = /^http:\/\/(([a-z][a-z0-9-]*)\.([a-z0-9.-]+)):\d+$/;

/** What an application calls by the name of a service reaches that service, and nobody else, whichever version of it. */
export function leadsWhereNamed(containers: readonly Value[], bootstrap: Bootstrap): readonly Finding[] {
    return containers
        .flatMap((container) => container.get("environment").items())
        .flatMap((variable) => {
            const [, service] = /^([A-Z0-9_]+)_URL$/.exec(variable.get("name").text ?? "") ?? [];
            const [, port] = address.exec(variable.get("value").text ?? "") ?? [];
            if (service === undefined) {
                return [];
            }
            const name = service.toLowerCase().replaceAll("_", "-");
            return port === undefined
                ? names(name, bootstrap, variable)
                : leadsTo(name, Number(port), bootstrap, variable);
        });
}

/** A host in a domain of the proxy's callees is the one that the variable names, and a callee. */
function names(service: string, { clusters }: Bootstrap, variable: Value): readonly Finding[] {
    const [, host, label, domain] = meshAddress.exec(variable.get("value").text ?? "") ?? [];
    const hosts = clusters.flatMap((cluster) => cluster.hosts).flatMap((each) => each ?? []);
    const isInMesh = domain !== undefined && hosts.some((each) => each.endsWith(`.${domain}`));
    const isNamed = label === service && hosts.includes(host ?? "");
    return variable
        .get("value")
        .require(!isInMesh || isNamed, `the address of ${service}, which ${variable.path} names`);
}

function leadsTo(
    service: string,
    port: number,
    { clusters, listeners }: Bootstrap,
    variable: Value,
): readonly Finding[] {
    const routed = listeners
        .filter(({ ports }) => ports.includes(port))
        .flatMap(({ chains }) => chains)
        .flatMap((chain) => connectionManagerOf(chain) ?? [])
        .flatMap((manager) => virtualHosts(manager).flatMap((host) => host.get("routes").items()))
        .flatMap(clustersOf);
    if (routed.length === 0) {
        return [variable.finding(`a listener of the proxy that leads to ${service}`)];
    }
    return routed.flatMap((name) => {
        const cluster = clusters.find(({ message }) => message.get("name").text === name.text);
        const identities = cluster === undefined ? [] : peersOf(cluster.message);
        const isNamed =
            identities.length > 0 && identities.every((uri) => uri?.endsWith(`/${service}`) === true);
        return name.require(isNamed, `a cluster of ${service}, which ${variable.path} names`);
    });
}

function clustersOf(route: Value): readonly Value[] {
    const action = route.get("route");
    const weighted = action.get("weighted_clusters", "clusters").items();
    const mirrors = action.get("request_mirror_policies").items();
    if (!route.get("direct_response").isMissing) {
        return [];
    }
    return [
        ...(weighted.length === 0 ? [action.get("cluster")] : weighted.map((one) => one.get("name"))),
        ...mirrors.map((mirror) => mirror.get("cluster")),
    ];
}

function peersOf(cluster: Value): readonly (string | undefined)[] {
    return peerNames(transportOf(cluster).context).map((name) => name.get("matcher", "exact").text);
}
