import type { Finding } from "../finding";
import { secondsOf } from "../facts/envoy/message";
import type { Value } from "../facts/value";

/** Envoy's own. Source: Envoy, `clusters.dns.v3.DnsCluster`. */
const defaultSeconds = 5;
const names = ["dns_refresh_rate", "dns_min_refresh_rate"];

/** Names are asked for again within seconds: what has gone is not called for long. */
export function asksAgain(cluster: Value, mostSeconds: number): readonly Finding[] {
    const custom = cluster.get("cluster_type", "typed_config");
    const discovery = custom.isMissing ? cluster : custom;
    return names.flatMap((name) => {
        const time = discovery.get(name);
        return time.require(secondsOf(time, defaultSeconds) <= mostSeconds, `at most ${mostSeconds} s`);
    });
}
