import type { Finding } from "../finding";
import { secondsOf, typeOf } from "../facts/envoy/message";
import type { Value } from "../facts/value";

const filterType = "envoy.extensions.filters.http.health_check.v3.HealthCheck";
const mostMisses = 3;

/** Instances that do not answer are found within seconds. Source: Envoy, `config.core.v3.HealthCheck`; without traffic it asks every 60 s unless told otherwise. */
export function checksHealth(cluster: Value, mostSeconds: number): readonly Finding[] {
    const checks = cluster.get("health_checks");
    const all = checks.items();
    if (all.length === 0) {
        return [checks.finding("an active health check")];
    }
    const removal = cluster.get("ignore_health_on_host_removal");
    return [
        ...removal.require(removal.isOff, "false"),
        ...all.flatMap((check) => [
            ...seconds(check, ["interval", "no_traffic_interval", "timeout"], mostSeconds),
            ...["unhealthy_threshold", "healthy_threshold"].flatMap((name) => {
                const count = check.get(name);
                const isFew = count.number !== undefined && count.number > 0 && count.number <= mostMisses;
                return count.require(isFew, `1 to ${mostMisses}`);
            }),
            ...asks(check),
        ]),
    ];
}

function seconds(check: Value, names: readonly string[], most: number): readonly Finding[] {
    return names.flatMap((name) => {
        const time = check.get(name);
        return time.require(secondsOf(time, Infinity) <= most, `at most ${most} s`);
    });
}

function asks(check: Value): readonly Finding[] {
    const isAsked = !check.get("http_health_check").isMissing || !check.get("grpc_health_check").isMissing;
    const other = check.get("transport_socket_match_criteria");
    return [
        ...check.require(isAsked, "an HTTP or gRPC check", "another kind"),
        ...other.require(other.isMissing, "nothing: the cluster's own mTLS"),
    ];
}

/** A proxy that answers for its application says nothing of it. */
export function passesHealthChecksOn(manager: Value): readonly Finding[] {
    return manager
        .get("http_filters")
        .items()
        .map((filter) => filter.get("typed_config"))
        .filter((config) => typeOf(config) === filterType)
        .map((config) => config.get("pass_through_mode"))
        .flatMap((mode) => mode.require(mode.isTrue, "true: the application answers"));
}
