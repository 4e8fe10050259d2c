import type { Finding } from "../finding";
import type { Cluster } from "../facts/envoy/cluster";
import { secondsOf } from "../facts/envoy/message";
import type { Value } from "../facts/value";

export interface BreakerNumbers {
    readonly consecutiveFailures: number;
    readonly ejectionSeconds: number;
    readonly sweepSeconds: number;
    readonly failurePercentage: number;
    readonly failurePercentageVolume: number;
}

/**
 * Envoy's own defaults, where a setting is absent. Source: Envoy, `config.cluster.v3.OutlierDetection` and
 * `Cluster.CommonLbConfig`. Most of them would leave the breaker shut.
 */
const envoy = {
    consecutive: 5,
    intervalSeconds: 10,
    baseEjectionSeconds: 30,
    maxEjectionSeconds: 300,
    maxEjectionPercent: 10,
    failurePercentageThreshold: 85,
    failurePercentageMinimumHosts: 5,
    failurePercentageVolume: 50,
    panicThreshold: 50,
    mergeWindowSeconds: 1,
} as const;

/** Takes a failing instance out as ADR-003 says, and nothing brings it back early. */
export function breaksCircuit(cluster: Cluster, numbers: BreakerNumbers): readonly Finding[] {
    const detection = cluster.message.get("outlier_detection");
    if (detection.isMissing) {
        return [detection.finding(`a circuit breaker of ${numbers.consecutiveFailures} failures`)];
    }
    return [
        ...cluster.message.require(
            cluster.knowsInstances,
            "STATIC or STRICT_DNS discovery: one host an address",
            "another kind",
        ),
        ...opensAfterFailures(detection, numbers),
        ...opensAtShare(detection, numbers),
        ...staysOpen(detection, numbers),
        ...nothingGoesAround(cluster.message.get("common_lb_config")),
    ];
}

function opensAfterFailures(
    detection: Value,
    { consecutiveFailures: most }: BreakerNumbers,
): readonly Finding[] {
    const split = detection.get("split_external_local_origin_errors");
    return [
        ...within(detection.get("consecutive_5xx"), envoy.consecutive, 1, most),
        ...within(detection.get("enforcing_consecutive_5xx"), 100, 100, 100),
        ...(split.isOff
            ? []
            : [
                  ...within(detection.get("consecutive_local_origin_failure"), envoy.consecutive, 1, most),
                  ...within(detection.get("enforcing_consecutive_local_origin_failure"), 100, 100, 100),
              ]),
    ];
}

function opensAtShare(detection: Value, numbers: BreakerNumbers): readonly Finding[] {
    const threshold = detection.get("failure_percentage_threshold");
    const volume = detection.get("failure_percentage_request_volume");
    const hosts = detection.get("failure_percentage_minimum_hosts");
    return [
        ...within(threshold, envoy.failurePercentageThreshold, 1, numbers.failurePercentage),
        ...within(volume, envoy.failurePercentageVolume, 1, numbers.failurePercentageVolume),
        ...within(hosts, envoy.failurePercentageMinimumHosts, 1, 1),
        ...within(detection.get("enforcing_failure_percentage"), 0, 100, 100),
    ];
}

/** The sweep ends an ejection, and a repeated one lasts longer unless both times are equal. */
function staysOpen(detection: Value, { ejectionSeconds, sweepSeconds }: BreakerNumbers): readonly Finding[] {
    const [base, longest] = [detection.get("base_ejection_time"), detection.get("max_ejection_time")];
    const [sweep, jitter] = [detection.get("interval"), detection.get("max_ejection_time_jitter")];
    const baseSeconds = secondsOf(base, envoy.baseEjectionSeconds);
    const longestSeconds = secondsOf(longest, envoy.maxEjectionSeconds);
    const sweepsEvery = secondsOf(sweep, envoy.intervalSeconds);
    const uneject = detection.get("successful_active_health_check_uneject_host");
    return [
        ...base.require(baseSeconds >= ejectionSeconds, `at least ${ejectionSeconds}s`),
        ...longest.require(longestSeconds === baseSeconds, "the same as base_ejection_time"),
        ...sweep.require(sweepsEvery > 0 && sweepsEvery <= sweepSeconds, `at most ${sweepSeconds}s`),
        ...jitter.require(secondsOf(jitter, 0) === 0, "0s"),
        ...within(detection.get("max_ejection_percent"), envoy.maxEjectionPercent, 100, 100),
        ...uneject.require(
            uneject.plain === false,
            "false: a passing health check must not close the breaker",
        ),
    ];
}

/** In panic Envoy sends requests to ejected instances; within the merge window an ejection has no effect yet. */
function nothingGoesAround(balancing: Value): readonly Finding[] {
    const panic = balancing.get("healthy_panic_threshold");
    const threshold = panic.isMissing ? envoy.panicThreshold : panic.get("value").numberOr(0);
    const window = balancing.get("update_merge_window");
    const override = balancing.get("override_host_status");
    return [
        ...panic.require(threshold === 0, "0 percent"),
        ...window.require(secondsOf(window, envoy.mergeWindowSeconds) === 0, "0s"),
        ...override.require(override.isMissing, "nothing: sessions must not stick to an ejected instance"),
    ];
}

function within(setting: Value, whenMissing: number, least: number, most: number): readonly Finding[] {
    const value = setting.numberOr(whenMissing);
    const found = setting.isMissing ? `nothing (Envoy's default is ${whenMissing})` : setting.shown;
    const required = least === most ? String(most) : `${least} to ${most}`;
    return setting.require(Number.isInteger(value) && value >= least && value <= most, required, found);
}
