import { expect } from "chai";
import { rateLimit } from "../../../policies/rules/rateLimit";
import { edited, read, type Step } from "../support/edit";
import { ingressManager } from "../support/paths";
import { limiterContainer, sharing, sharingIngress } from "../support/sharedLimit";
import { findings, refusesEach, type Change } from "../support/table";

const rule = rateLimit();
const local = sharingIngress({ onFailure: "local" });
const refuse = sharingIngress({ onFailure: "refuse" });
const filters: readonly Step[] = [...ingressManager, "http_filters"];
const asks: readonly Step[] = [...filters, "envoy.filters.http.ratelimit"];
const limit: readonly Step[] = [...asks, "typed_config"];
const conditional: readonly Step[] = [...filters, "envoy.filters.http.local_ratelimit", "typed_config"];
const share: readonly Step[] = [...conditional, "extension_config", "typed_config"];
const matcher: readonly Step[] = [...conditional, "xds_matcher", "matcher_list", "matchers", 0];
const host: readonly Step[] = [...ingressManager, "route_config", "virtual_hosts", 0];

const loosens = "required nothing: a setting that could loosen the limit";
const own = "required nothing: the filter's own settings";
const orHere =
    "failure_mode_deny: found false; required true, or a local_ratelimit filter right after it that only answered requests skip";
const counted =
    "required a bucket of its own for each x-user-id and x-consumer-id, or a first route that refuses the request";

const changes: readonly Change[] = [
    ["a limiter that is asked when the program likes", [...limit, "request_type"], "internal", loosens],
    [
        "a limit that is not enforced",
        [...limit, "filter_enforced"],
        { default_value: { numerator: 0 } },
        loosens,
    ],
    ["a long wait", [...limit, "timeout"], "5s", 'timeout: found "5s"; required at most 1 s'],
    ["another domain", [...limit, "domain"], "other", "required the domain of the limiter's limits"],
    [
        "a limiter of somebody else",
        [...limit, "rate_limit_service", "grpc_service", "envoy_grpc", "cluster_name"],
        "elsewhere",
        'cluster_name: found "elsewhere"; required a cluster of this program\'s limiter',
    ],
    [
        "a service without limits as limiter",
        [...limit, "rate_limit_service", "grpc_service", "envoy_grpc", "cluster_name"],
        "order-service",
        "required a cluster of this program's limiter",
    ],
    ["users that nobody counts", [...limit, "rate_limits", 0], undefined, counted],
    ["a free request", [...limit, "rate_limits", 0, "hits_addend"], { number: 0 }, loosens],
    ["a virtual host's own limits", [...host, "rate_limits"], [{ actions: [] }], own],
    [
        "a virtual host's own settings",
        [...host, "typed_per_filter_config", "envoy.filters.http.ratelimit"],
        { rate_limits: "IGNORE_POLICY" },
        own,
    ],
];

const fallback: readonly Change[] = [
    ["no share for requests without an answer", [...filters, 3], undefined, orHere],
    [
        "a share that every request skips",
        [...matcher, "predicate", "single_predicate", "custom_match", "typed_config", "value"],
        { string_match: { prefix: "" } },
        orHere,
    ],
    [
        "a share that requests can be made to skip",
        [...matcher, "predicate", "single_predicate", "input", "typed_config", "filter"],
        "envoy.lb",
        orHere,
    ],
    [
        "a share that is larger",
        [...share, "descriptors", 0, "token_bucket", "max_tokens"],
        500,
        "max_tokens: found 500; required at most 100 on 2 tasks together",
    ],
    [
        "a share that is not enforced",
        [...share, "filter_enforced", "default_value", "numerator"],
        1,
        "required 100 percent",
    ],
];

describe("An ingress that shares its limit", () => {
    it("is accepted whichever way it treats a silent limiter", async () => {
        expect(await findings(rule, sharing(local, limiterContainer()))).to.deep.equal([]);
        expect(await findings(rule, sharing(refuse, limiterContainer()))).to.deep.equal([]);
    });

    const deploy = (bootstrap: typeof local): ReturnType<typeof sharing> =>
        sharing(bootstrap, limiterContainer());
    refusesEach(rule, refuse, deploy, changes);
    refusesEach(rule, local, deploy, fallback);
    refusesEach(rule, refuse, deploy, [
        [
            "requests that pass when the limiter is silent",
            [...limit, "failure_mode_deny"],
            undefined,
            "found nothing; required true, or a local_ratelimit filter right after it that only answered requests skip",
        ],
    ]);

    it("is refused when its limiter is not deployed", async () => {
        const [ingress, task] = sharing(local, limiterContainer());
        expect(await findings(rule, [ingress!, task!])).to.have.length(1);
    });
});

const place = (name: string): readonly Step[] => ["environment", name, "value"];
const limits = JSON.parse(String(read(limiterContainer(), place("LIMITS")))) as object;
const first: readonly Step[] = ["descriptors", 0];
const userLimit: readonly Step[] = [...first, "descriptors", 0];

describe("The limiter's task", () => {
    const refused: readonly Change[] = [
        [
            "more requests a minute",
            [...userLimit, "rate_limit", "requests_per_unit"],
            1001,
            "requests_per_unit: found 1001; required at most 1000 a minute",
        ],
        [
            "another unit",
            [...userLimit, "rate_limit", "unit"],
            "second",
            'unit: found "second"; required "minute"',
        ],
        ["a limit that does not limit", [...userLimit, "rate_limit", "unlimited"], true, loosens],
        ["a limit that only reports", [...userLimit, "shadow_mode"], true, loosens],
        ["one user apart", [...userLimit, "value"], "vip", loosens],
        [
            "a second limit beside the users'",
            [...first, "descriptors", 1],
            { key: "user", value: "vip" },
            "required one limit that holds for each identity",
        ],
        ["no limit for users", [...first, "value"], "nobody", counted],
    ];
    for (const [title, path, value, finding] of refused) {
        it(`is refused with ${title}`, async () => {
            const text = JSON.stringify(edited(limits, path, value));
            const found = await findings(
                rule,
                sharing(local, edited(limiterContainer(), place("LIMITS"), text)),
            );
            expect(
                found.some((one) => one.endsWith(finding)),
                found.join("\n"),
            ).to.equal(true);
        });
    }

    const settings: readonly Change[] = [
        ["plain text to its store", place("REDIS_TLS"), "false", 'found "false"; required REDIS_TLS=true'],
        [
            "a port that is open",
            place("GRPC_HOST"),
            "0.0.0.0",
            'found "0.0.0.0"; required GRPC_HOST=127.0.0.1',
        ],
        [
            "answers that do not say who gave them",
            place("RESPONSE_DYNAMIC_METADATA"),
            "false",
            "required RESPONSE_DYNAMIC_METADATA=true",
        ],
        [
            "limits that only report",
            ["environment", 0],
            { name: "SHADOW_MODE", value: "true" },
            "found SHADOW_MODE; required no setting that could loosen the limits",
        ],
        [
            "a store without a password",
            ["secrets", "REDIS_AUTH"],
            undefined,
            "required REDIS_AUTH, from a parameter",
        ],
        [
            "limits from elsewhere",
            ["command", 0],
            "RUNTIME_ROOT=/limits exec /bin/ratelimit",
            "required a start of the service with LIMITS, and no other limits",
        ],
    ];
    for (const [title, path, value, finding] of settings) {
        it(`is refused with ${title}`, async () => {
            const found = await findings(rule, sharing(local, edited(limiterContainer(), path, value)));
            expect(
                found.some((one) => one.endsWith(finding)),
                found.join("\n"),
            ).to.equal(true);
        });
    }
});
