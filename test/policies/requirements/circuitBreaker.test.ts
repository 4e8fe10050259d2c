import { meshCircuitBreaker } from "../../../policies/rules/meshCircuitBreaker";
import type { Step } from "../support/edit";
import { callee } from "../support/paths";
import { bootstraps, orderService } from "../support/shop";
import { acceptsEach, refusesEach, type Change } from "../support/table";

const rule = meshCircuitBreaker();
const detection = (setting: string): readonly Step[] => [...callee, "outlier_detection", setting];
const balancing = (setting: string): readonly Step[] => [...callee, "common_lb_config", setting];
const byEnvoy = (value: number, required: string): string =>
    `found nothing (Envoy's default is ${value}); required ${required}`;

/** Each setting, loosened and left to Envoy's default where that does not hold. */
const changes: readonly Change[] = [
    ["more failures", detection("consecutive_5xx"), 6, "found 6; required 1 to 5"],
    ["no failures", detection("consecutive_5xx"), 0, "found 0; required 1 to 5"],
    ["failures as text", detection("consecutive_5xx"), "many", 'found "many"; required 1 to 5'],
    ["half of the ejections", detection("enforcing_consecutive_5xx"), 50, "found 50; required 100"],
    ["a slow sweep", detection("interval"), "60s", 'found "60s"; required at most 5s'],
    ["the default sweep", detection("interval"), undefined, "found nothing; required at most 5s"],
    ["no sweep", detection("interval"), "0s", 'found "0s"; required at most 5s'],
    ["a growing ejection", detection("max_ejection_time"), "300s", "required the same as base_ejection_time"],
    [
        "the default longest ejection",
        detection("max_ejection_time"),
        undefined,
        "required the same as base_ejection_time",
    ],
    ["jitter", detection("max_ejection_time_jitter"), "10s", 'found "10s"; required 0s'],
    ["a tenth of the instances", detection("max_ejection_percent"), 10, "found 10; required 100"],
    ["the default share of instances", detection("max_ejection_percent"), undefined, byEnvoy(10, "100")],
    [
        "health checks that close the breaker",
        detection("successful_active_health_check_uneject_host"),
        true,
        "found true; required false: a passing health check must not close the breaker",
    ],
    [
        "health checks that close it by default",
        detection("successful_active_health_check_uneject_host"),
        undefined,
        "found nothing; required false: a passing health check must not close the breaker",
    ],
    [
        "a higher share of failures",
        detection("failure_percentage_threshold"),
        85,
        "found 85; required 1 to 50",
    ],
    [
        "the default share of failures",
        detection("failure_percentage_threshold"),
        undefined,
        byEnvoy(85, "1 to 50"),
    ],
    ["more hosts", detection("failure_percentage_minimum_hosts"), 5, "found 5; required 1"],
    [
        "the default number of hosts",
        detection("failure_percentage_minimum_hosts"),
        undefined,
        byEnvoy(5, "1"),
    ],
    ["more volume", detection("failure_percentage_request_volume"), 50, "found 50; required 1 to 20"],
    ["the default volume", detection("failure_percentage_request_volume"), undefined, byEnvoy(50, "1 to 20")],
    ["a share that is not enforced", detection("enforcing_failure_percentage"), 0, "found 0; required 100"],
    [
        "a share not enforced by default",
        detection("enforcing_failure_percentage"),
        undefined,
        byEnvoy(0, "100"),
    ],
    ["panic", balancing("healthy_panic_threshold"), { value: 50 }, 'found {"value":50}; required 0 percent'],
    [
        "panic by default",
        balancing("healthy_panic_threshold"),
        undefined,
        "found nothing; required 0 percent",
    ],
    ["a merge window", balancing("update_merge_window"), "1s", 'found "1s"; required 0s'],
    ["the default merge window", balancing("update_merge_window"), undefined, "found nothing; required 0s"],
    [
        "sessions that stick to ejected instances",
        balancing("override_host_status"),
        { statuses: ["UNHEALTHY"] },
        "required nothing: sessions must not stick to an ejected instance",
    ],
    [
        "all addresses as one instance",
        [...callee, "cluster_type", "typed_config", "all_addresses_in_single_endpoint"],
        true,
        "found another kind; required STATIC or STRICT_DNS discovery: one host an address",
    ],
    [
        "discovery that it cannot read",
        [...callee, "cluster_type"],
        { name: "envoy.clusters.original_dst" },
        "found another kind; required STATIC or STRICT_DNS discovery: one host an address",
    ],
    [
        "a runtime key that overrides the bootstrap",
        ["layered_runtime"],
        { layers: [{ name: "l", static_layer: { "outlier_detection.consecutive_5xx": 50 } }] },
        "required a static layer with no keys but overload.*, re2.*, envoy.resource_limits.*",
    ],
    [
        "a runtime that the administration interface can change",
        ["layered_runtime"],
        { layers: [{ name: "l", admin_layer: {} }] },
        "required a static layer with no keys but overload.*, re2.*, envoy.resource_limits.*",
    ],
];

describe("A circuit breaker", () => {
    refusesEach(rule, bootstraps.order(), orderService, changes);
    acceptsEach(rule, bootstraps.order(), orderService, [
        ["fewer failures", detection("consecutive_5xx"), 1],
        ["Envoy's default of 5 failures", detection("consecutive_5xx"), undefined],
        ["a faster sweep", detection("interval"), "0.250s"],
        ["no jitter by default", detection("max_ejection_time_jitter"), undefined],
        ["a percentage of nothing", balancing("healthy_panic_threshold"), {}],
        [
            "a runtime key of another subject",
            ["layered_runtime"],
            { layers: [{ static_layer: { "overload.x": 1 } }] },
        ],
    ]);
});

describe("A circuit breaker with settings of its own", () => {
    const original = bootstraps.order();
    const split = (settings: object): object => ({ split_external_local_origin_errors: true, ...settings });
    const detectionOf = (settings: object): object => ({ ...complete, ...split(settings) });
    const complete = {
        interval: "5s",
        base_ejection_time: "60s",
        max_ejection_time: "60s",
        max_ejection_percent: 100,
        successful_active_health_check_uneject_host: false,
        failure_percentage_threshold: 50,
        failure_percentage_minimum_hosts: 1,
        failure_percentage_request_volume: 20,
        enforcing_failure_percentage: 100,
    };
    refusesEach(rule, original, orderService, [
        [
            "a shorter ejection",
            [...callee, "outlier_detection"],
            { ...complete, base_ejection_time: "30s", max_ejection_time: "30s" },
            'base_ejection_time: found "30s"; required at least 60s',
        ],
        [
            "more local failures",
            [...callee, "outlier_detection"],
            detectionOf({ consecutive_local_origin_failure: 50 }),
            "consecutive_local_origin_failure: found 50; required 1 to 5",
        ],
        [
            "local failures that eject nothing",
            [...callee, "outlier_detection"],
            detectionOf({ enforcing_consecutive_local_origin_failure: 0 }),
            "enforcing_consecutive_local_origin_failure: found 0; required 100",
        ],
    ]);
    acceptsEach(rule, original, orderService, [
        ["Envoy's defaults for local failures", [...callee, "outlier_detection"], detectionOf({})],
        [
            "a longer ejection, both times alike",
            [...callee, "outlier_detection"],
            { ...complete, base_ejection_time: "120s", max_ejection_time: "120s" },
        ],
    ]);
});
