import { expect } from "chai";
import type { JsonObject } from "../../../components/mesh/json";
import { rateLimit } from "../../../policies/rules/rateLimit";
import { read } from "../support/edit";
import { ingressFilter, ingressManager, userLimit } from "../support/paths";
import { bootstraps, ingressService, ingressTasks } from "../support/shop";
import { unknownText, type TestResource } from "../support/stack";
import { acceptsEach, findings, refusesEach, type Change } from "../support/table";

const rule = rateLimit();
const descriptor = [...userLimit, "descriptors", 0];
const counting = [...userLimit, "rate_limits", 0];
const together = `on ${ingressTasks} tasks together`;
const loosens = "required nothing: a setting that could loosen the limit";
const required =
    "required a bucket of its own for each x-user-id and x-consumer-id, or a first route that refuses the request";
const filterName = "envoy.filters.http.local_ratelimit";
const ahead =
    "found none in force; required an enabled local_ratelimit filter, ahead of any filter that could change a request";

const bucket = (tokens: number, interval: string): JsonObject => ({
    max_tokens: tokens,
    tokens_per_fill: 1,
    fill_interval: interval,
});

const settings: readonly Change[] = [
    [
        "a limit that is not enabled",
        [...userLimit, "filter_enabled"],
        undefined,
        "filter_enabled: found nothing; required 100 percent",
    ],
    [
        "a limit that is not enforced",
        [...userLimit, "filter_enforced"],
        undefined,
        "filter_enforced: found nothing; required 100 percent",
    ],
    [
        "a limit for some requests",
        [...userLimit, "filter_enforced", "default_value", "numerator"],
        99,
        "required 100 percent",
    ],
    [
        "a limit in a thousandth",
        [...userLimit, "filter_enforced", "default_value", "denominator"],
        "TEN_THOUSAND",
        "required 100 percent",
    ],
    [
        "a bucket for each connection",
        [...userLimit, "local_rate_limit_per_downstream_connection"],
        true,
        `found true; ${loosens}`,
    ],
    [
        "few buckets",
        [...userLimit, "max_dynamic_descriptors"],
        20,
        "found 20; required at least 1000 users' buckets",
    ],
    [
        "Envoy's number of buckets",
        [...userLimit, "max_dynamic_descriptors"],
        undefined,
        "found nothing; required at least 1000 users' buckets",
    ],
    [
        "a faster refill",
        [...descriptor, "token_bucket"],
        bucket(50, "0.060s"),
        `required a refill of at most 1000 a minute ${together}`,
    ],
    [
        "no refill interval",
        [...descriptor, "token_bucket", "fill_interval"],
        undefined,
        `required a refill of at most 1000 a minute ${together}`,
    ],
    [
        "a larger burst",
        [...descriptor, "token_bucket", "max_tokens"],
        51,
        `max_tokens: found 51; required at most 100 ${together}`,
    ],
    ["a bucket that only reports", [...descriptor, "shadow_mode"], true, `found true; ${loosens}`],
    [
        "requests that cost nothing",
        [...counting, "hits_addend"],
        { number: 0 },
        `hits_addend: found {"number":0}; ${loosens}`,
    ],
    ["a filter that is off", [...ingressFilter, "disabled"], true, ahead],
    ["no filter", ingressFilter, undefined, ahead],
    [
        "a filter ahead that could change the identity",
        [...ingressManager, "http_filters"],
        [
            {
                name: "lua",
                typed_config: { "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua" },
            },
            read(bootstraps.ingress(), ingressFilter),
        ],
        ahead,
    ],
    [
        "a route that overrides the filter",
        [...ingressManager, "route_config", "virtual_hosts", 0, "routes", 2, "typed_per_filter_config"],
        { [filterName]: { disabled: true } },
        'found {"disabled":true}; required nothing: the filter\'s own settings',
    ],
    [
        "upgraded connections with other filters",
        [...ingressManager, "upgrade_configs"],
        [{ upgrade_type: "websocket", filters: [] }],
        "required nothing: the connection manager's filters",
    ],
    [
        "an identity that is set before the filter",
        [...ingressManager, "early_header_mutation_extensions", 0, "typed_config", "mutations", 0],
        { append: { header: { key: "x-user-id", value: "%STREAM_ID%" } } },
        "required only the removal of headers",
    ],
    [
        "a listener that carries something else",
        [...ingressManager, "@type"],
        "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
        "found something else; required an HTTP connection manager with a limit for each user",
    ],
];

describe("The ingress's limit for each user", () => {
    refusesEach(rule, bootstraps.ingress(), ingressService, settings);
    acceptsEach(rule, bootstraps.ingress(), ingressService, [
        ["a stricter bucket", [...descriptor, "token_bucket"], bucket(10, "1s")],
        ["another answer", [...userLimit, "status"], { code: "ServiceUnavailable" }],
        [
            "upgrades through the same filters",
            [...ingressManager, "upgrade_configs"],
            [{ upgrade_type: "websocket" }],
        ],
    ]);

    it("counts the tasks that scaling may add", async () => {
        const target = (props: object, from: readonly string[]): TestResource => ({
            type: "aws:appautoscaling/target:Target",
            name: "ingress-scaling",
            props: { resourceId: unknownText, ...props },
            from: { resourceId: from },
        });
        const ours = ["aws:ecs/service:Service::ingress"];
        const ingress = ingressService();
        const finding = /required a refill of at most 1000 a minute on 6 tasks together$/;
        expect(await findings(rule, [...ingress, target({ maxCapacity: 2 }, ours)])).to.deep.equal([]);
        expect(await findings(rule, [...ingress, target({ maxCapacity: 6 }, [])])).to.deep.equal([]);
        expect((await findings(rule, [...ingress, target({ maxCapacity: 6 }, ours)]))[0]).to.match(finding);
        const byName = { maxCapacity: 6, resourceId: "service/shop/ingress" };
        expect((await findings(rule, [...ingress, target(byName, [])]))[0]).to.match(finding);
    });

    it("needs a number of tasks that is known", async () => {
        const found = await findings(
            rule,
            ingressService(bootstraps.ingress(), { desiredCount: unknownText }),
        );
        expect(found.every((line) => line.endsWith("on an unknown number of tasks together"))).to.equal(true);
        expect(found).to.have.length(4);
    });
});

/** Ways in which some request comes to no bucket; the finding names one such request. */
const uncounted: readonly Change[] = [
    ["one bucket for all users", [...descriptor, "entries", 1, "value"], "user", required],
    ["no bucket for consumers", [...userLimit, "descriptors", 1], undefined, required],
    ["users that are not counted", counting, undefined, required],
    [
        "another header than the user's",
        [...counting, "actions", 1, "request_headers", "header_name"],
        "x-forwarded-for",
        required,
    ],
    [
        "users that are let off by their name",
        [...counting, "actions", 0, "header_value_match", "headers", 2],
        { name: "x-user-id", string_match: { prefix: "vip-" }, invert_match: true },
        required,
    ],
    [
        "users that are counted when a header is not there",
        [...counting, "actions", 0, "header_value_match", "headers", 0],
        { name: "x-user-id", present_match: false },
        required,
    ],
    ["an action that cannot be followed", [...counting, "actions", 2], { remote_address: {} }, required],
    [
        "requests without an identity",
        [...ingressManager, "route_config", "virtual_hosts", 0, "routes", 0],
        undefined,
        `found neither for x-user-id absent, x-consumer-id absent; ${required}`,
    ],
    [
        "requests without an identity on some path",
        [...ingressManager, "route_config", "virtual_hosts", 0, "routes", 0, "match", "prefix"],
        "/private",
        `found neither for x-user-id absent, x-consumer-id absent; ${required}`,
    ],
    [
        "requests without an identity as long as they are answered",
        [...ingressManager, "route_config", "virtual_hosts", 0, "routes", 0, "direct_response", "status"],
        200,
        `found neither for x-user-id absent, x-consumer-id absent; ${required}`,
    ],
    [
        "a way through ahead of the refusal",
        [...ingressManager, "route_config", "virtual_hosts", 0, "routes", 0, "match", "headers"],
        [{ name: "x-user-id", present_match: true }],
        required,
    ],
];

describe("A request at the ingress", () => {
    refusesEach(rule, bootstraps.ingress(), ingressService, uncounted);
    refusesEach(rule, bootstraps.ingress(), ingressService, [
        [
            "a matcher that cannot be followed",
            [...counting, "actions", 0, "header_value_match", "headers", 0, "string_match"],
            { safe_regex: { regex: "[0-9]+" } },
            "required exact, prefix, suffix, contains, or the regular expression .+ or .*",
        ],
        [
            "routes that are looked up elsewhere",
            [...ingressManager, "route_config", "virtual_hosts"],
            [],
            "required a static route table",
        ],
    ]);
});
