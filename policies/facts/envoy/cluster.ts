import type { Value } from "../value";
import { reachOf } from "./address";
import { typeOf } from "./message";

const dnsCluster = "envoy.extensions.clusters.dns.v3.DnsCluster";
/** Discovery whose hosts stand in the configuration itself; one host for each address of an answer. */
const plainDiscovery = ["STATIC", "STRICT_DNS"];

/** Fields of a locality that have its hosts listed in another place. */
const listsElsewhere = new Set(["leds_cluster_locality_config", "load_balancer_endpoints"]);

/** A cluster as the rules see it. */
export interface Cluster {
    readonly message: Value;
    /** Whether it stays inside the task; anything that cannot be told leaves. */
    readonly isLocal: boolean;
    /** Whether each address is an instance of its own that can be ejected; a single logical host cannot. */
    readonly knowsInstances: boolean;
    /** Every address that it may connect to. */
    readonly addresses: readonly Value[];
    /** Host names or addresses that it is asked for. */
    readonly hosts: readonly (string | undefined)[];
}

export function clusterFacts(message: Value): Cluster {
    const endpoints = endpointsOf(message);
    const knowsInstances = isPlainlyDiscovered(message);
    return {
        message,
        isLocal:
            knowsInstances &&
            endpoints.length > 0 &&
            endpoints.every((address) => reachOf(address) === "task"),
        knowsInstances,
        addresses: endpoints,
        hosts: endpoints.map((address) => address.get("socket_address", "address").text),
    };
}

/** Every address that a cluster may connect to, also the alternatives and the one that only health checks use. */
function endpointsOf(message: Value): readonly Value[] {
    const named = message.get("load_assignment", "named_endpoints");
    const hosts = localitiesOf(message)
        .flatMap((locality) => locality.get("lb_endpoints").items())
        .map((host) => host.get("endpoint"));
    return [
        ...hosts.flatMap((endpoint) => [
            endpoint.get("address"),
            ...endpoint
                .get("additional_addresses")
                .items()
                .map((other) => other.get("address")),
            ...[endpoint.get("health_check_config", "address")].filter((address) => !address.isMissing),
        ]),
        ...named.fields.map((name) => named.get(name, "address")),
    ];
}

function localitiesOf(message: Value): readonly Value[] {
    return message.get("load_assignment", "endpoints").items();
}

function isPlainlyDiscovered(message: Value): boolean {
    if (localitiesOf(message).some(({ fields }) => fields.some((field) => listsElsewhere.has(field)))) {
        return false;
    }
    const custom = message.get("cluster_type");
    if (custom.isMissing) {
        const type = message.get("type");
        return type.isMissing || plainDiscovery.includes(type.text ?? "");
    }
    const config = custom.get("typed_config");
    return typeOf(config) === dnsCluster && config.get("all_addresses_in_single_endpoint").isOff;
}
