import { added, ofType, replaced, set, setting, without, type Operator, type Props } from "../operator";
import type { Recorded } from "../recording";
import { inBootstrap, inbound, inContainers, isIngress, manager } from "./bootstraps";
import { first } from "./documents";

const stage = "aws:apigateway/stage:Stage";
const webAcl = "aws:wafv2/webAcl:WebAcl";
const association = "aws:wafv2/webAclAssociation:WebAclAssociation";
const plan = "aws:apigateway/usagePlan:UsagePlan";
const planKey = "aws:apigateway/usagePlanKey:UsagePlanKey";

type Rule = Props & { name: string; priority: number };

/** An operator on the Web ACL's rate rules: `key` tells which. */
function onRate(
    kind: Operator["kind"],
    target: string,
    change: (rule: Rule, limit: Props) => void,
): Operator {
    return {
        kind,
        target,
        rule: "rate-limit",
        appliesTo: ofType(stage),
        apply: (_, program) => {
            const acl = first(program.filter(({ type }) => type === webAcl));
            return replaced(program, acl, ({ props }) => {
                for (const rule of props.rules as Rule[]) {
                    const limit = (rule.statement as Props).rateBasedStatement as Props | undefined;
                    if (limit !== undefined) {
                        change(rule, limit);
                    }
                }
            });
        },
    };
}

const firewall: readonly Operator[] = [
    onRate("loosen", "the Web ACL's limits", (_, limit) => {
        limit.limit = 100_000;
    }),
    onRate("flip", "the Web ACL's blocks to counts", (rule) => {
        rule.action = { count: {} };
    }),
    onRate("loosen", "the Web ACL's limits to some paths", (_, limit) => {
        limit.scopeDownStatement = { byteMatchStatement: { searchString: "/never" } };
    }),
    onRate("rename", "the Web ACL's keys", (_, limit) => {
        limit.aggregateKeyType = "FORWARDED_IP";
    }),
    {
        kind: "bypass",
        target: "a rule ahead that allows",
        rule: "rate-limit",
        appliesTo: ofType(stage),
        apply: (_, program) => {
            const acl = first(program.filter(({ type }) => type === webAcl));
            return replaced(program, acl, ({ props }) => {
                const rules = props.rules as Rule[];
                const priority = Math.min(...rules.map((rule) => rule.priority)) - 1;
                rules.push({ name: "allow", priority, action: { allow: {} }, statement: {} });
            });
        },
    },
    setting("rate-limit", "bypass", webAcl, "ruleJson", "[]"),
    {
        kind: "remove",
        target: "WebAclAssociation",
        rule: "rate-limit",
        appliesTo: ofType(association),
        apply: (resource, program) => without(program, resource),
    },
    {
        kind: "detach",
        target: "WebAclAssociation from its stage",
        rule: "rate-limit",
        appliesTo: ofType(association),
        apply: (resource, program) =>
            replaced(program, resource, ({ from, props }) => {
                delete from.resourceArn;
                props.resourceArn = "arn:aws:apigateway:eu-central-1::/restapis/other/stages/v1";
            }),
    },
    {
        kind: "forge",
        target: "WebAclAssociation made from two stages",
        rule: "rate-limit",
        appliesTo: ofType(association),
        apply: (resource, program) =>
            replaced(program, resource, ({ from }) => {
                from.resourceArn = program.filter(({ type }) => type === stage).map(({ urn }) => urn);
            }),
    },
    {
        kind: "forge",
        target: "WebAclAssociation that names another stage",
        rule: "rate-limit",
        only: "up",
        appliesTo: ofType(association),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                props.resourceArn = "arn:aws:apigateway:eu-central-1::/restapis/other/stages/v1";
            }),
    },
    {
        kind: "duplicate",
        target: "Stage without Web ACL and plans",
        rule: "rate-limit",
        appliesTo: ofType(stage),
        apply: ({ props, from }, program) =>
            added(program, stage, "open", { ...props, stageName: "open" }, from),
    },
];

function isOfConsumer({ name }: { name: string }): boolean {
    return !["plans-web", "plans-mobile"].includes(name);
}

const plans: readonly Operator[] = [
    setting("rate-limit", "remove", plan, "throttleSettings", undefined),
    setting("rate-limit", "loosen", plan, "throttleSettings.rateLimit", 5000, isOfConsumer),
    setting("rate-limit", "loosen", plan, "throttleSettings.burstLimit", 5000, isOfConsumer),
    {
        kind: "loosen",
        target: "UsagePlan throttle of one method",
        rule: "rate-limit",
        appliesTo: (resource) => resource.type === plan && isOfConsumer(resource),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                const entry = first(props.apiStages as Props[]);
                entry.throttles = [{ path: "/GET", rateLimit: 9999, burstLimit: 9999 }];
            }),
    },
    setting("rate-limit", "detach", planKey, "usagePlanId", "abc123"),
    {
        kind: "detach",
        target: "UsagePlanKey from its plan",
        rule: "rate-limit",
        appliesTo: ofType(planKey),
        apply: (resource, program) =>
            replaced(program, resource, ({ from }) => {
                delete from.usagePlanId;
            }),
    },
];

function limitOf(bootstrap: Parameters<typeof inbound>[0]): Props {
    const filters = manager(inbound(bootstrap)).http_filters as { name: string; typed_config: Props }[];
    const found = first(filters.filter(({ name }) => name.includes("local_ratelimit"))).typed_config;
    // Where the limit is shared, the task's share stands inside a filter that answered requests skip.
    const inner = found.extension_config as { typed_config: Props } | undefined;
    return inner === undefined ? found : inner.typed_config;
}

function atIngress(kind: Operator["kind"], target: string, change: (limit: Props) => void): Operator {
    return inBootstrap(
        "rate-limit",
        kind,
        target,
        (bootstrap) => {
            change(limitOf(bootstrap));
        },
        isIngress,
    );
}

const ingress: readonly Operator[] = [
    inBootstrap(
        "rate-limit",
        "remove",
        "the ingress's limit",
        (bootstrap) => {
            const connection = manager(inbound(bootstrap));
            const filters = connection.http_filters as { name: string }[];
            connection.http_filters = filters.filter(({ name }) => !name.includes("local_ratelimit"));
        },
        isIngress,
    ),
    atIngress("loosen", "the ingress's bucket", (limit) => {
        for (const { token_bucket: bucket } of limit.descriptors as { token_bucket: Props }[]) {
            bucket.max_tokens = 5000;
        }
    }),
    atIngress("loosen", "the ingress's refill", (limit) => {
        for (const { token_bucket: bucket } of limit.descriptors as { token_bucket: Props }[]) {
            bucket.tokens_per_fill = 5000;
        }
    }),
    atIngress("flip", "the ingress's enforcement", (limit) => {
        set(limit, "filter_enforced.default_value.numerator", 0);
    }),
    atIngress("loosen", "number of the ingress's buckets", (limit) => {
        limit.max_dynamic_descriptors = 20;
    }),
    atIngress("detach", "descriptors of the ingress's limit", (limit) => {
        limit.rate_limits = [];
    }),
    inBootstrap(
        "rate-limit",
        "bypass",
        "the ingress's limit on one route",
        (bootstrap) => {
            const table = manager(inbound(bootstrap)).route_config as {
                virtual_hosts: { typed_per_filter_config?: Props }[];
            };
            first(table.virtual_hosts).typed_per_filter_config = {
                "envoy.filters.http.local_ratelimit": { disabled: true },
            };
        },
        isIngress,
    ),
    setting(
        "rate-limit",
        "loosen",
        "aws:ecs/service:Service",
        "desiredCount",
        40,
        ({ name }) => name === "ingress",
    ),
];

/** Only a stack whose ingress shares its limit has one. */
function isLimiter({ name, type }: Recorded): boolean {
    return name === "user-limiter" && type === "aws:ecs/taskDefinition:TaskDefinition";
}

function hasLimiter(resource: Recorded, program: readonly Recorded[]): boolean {
    return isIngress(resource) && program.some(isLimiter);
}

/** An operator on the ingress that asks a limiter: on that filter, or on its connection manager. */
function asking(
    kind: Operator["kind"],
    target: string,
    change: (limit: Props, connection: Props) => void,
): Operator {
    const operator = inBootstrap(
        "rate-limit",
        kind,
        target,
        (bootstrap) => {
            const connection = manager(inbound(bootstrap));
            const filters = connection.http_filters as { name: string; typed_config: Props }[];
            const asks = first(filters.filter(({ name }) => name === "envoy.filters.http.ratelimit"));
            change(asks.typed_config, connection);
        },
        isIngress,
    );
    return {
        ...operator,
        appliesTo: (resource, program) =>
            operator.appliesTo(resource, program) && hasLimiter(resource, program),
    };
}

/** An operator on the limiter's own container. */
function inLimiter(kind: Operator["kind"], target: string, change: (container: Props) => void): Operator {
    return inContainers(
        "rate-limit",
        kind,
        target,
        (containers) => {
            change(first(containers.filter(({ name }) => name === "application")));
        },
        isLimiter,
    );
}

interface Variable {
    readonly name: string;
    readonly value: string;
}

function setVariable(container: Props, name: string, value: string): void {
    const others = (container.environment as Variable[]).filter((one) => one.name !== name);
    container.environment = [...others, { name, value }];
}

function changeLimits(container: Props, change: (limits: Props) => void): void {
    const { value } = first((container.environment as Variable[]).filter(({ name }) => name === "LIMITS"));
    const limits = JSON.parse(value) as Props;
    change(limits);
    setVariable(container, "LIMITS", JSON.stringify(limits));
}

function eachLimit(limits: Props): readonly Props[] {
    return (limits.descriptors as { descriptors: Props[] }[]).flatMap(({ descriptors }) => descriptors);
}

const limiter: readonly Operator[] = [
    asking("remove", "the share behind the limiter", (_, connection) => {
        const filters = connection.http_filters as { name: string }[];
        connection.http_filters = filters.filter(({ name }) => !name.includes("local_ratelimit"));
    }),
    asking("bypass", "the share by every request", (_, connection) => {
        const filters = connection.http_filters as { name: string; typed_config: Props }[];
        const share = first(filters.filter(({ name }) => name.includes("local_ratelimit")));
        share.typed_config.xds_matcher = {
            on_no_match: {
                action: {
                    name: "skip",
                    typed_config: {
                        "@type":
                            "type.googleapis.com/envoy.extensions.filters.common.matcher.action.v3.SkipFilter",
                    },
                },
            },
        };
    }),
    asking("detach", "descriptors of the shared limit", (limit) => {
        limit.rate_limits = [];
    }),
    asking("rename", "the shared limit's domain", (limit) => {
        limit.domain = "nobody";
    }),
    asking("rename", "the shared limit's limiter", (limit) => {
        set(limit, "rate_limit_service.grpc_service.envoy_grpc.cluster_name", "order-service");
    }),
    asking("loosen", "whom the shared limit holds", (limit) => {
        limit.request_type = "internal";
    }),
    asking("bypass", "the shared limit on one route", (_, connection) => {
        const table = connection.route_config as { virtual_hosts: Props[] };
        first(table.virtual_hosts).rate_limits = [
            { actions: [{ generic_key: { descriptor_value: "free" } }] },
        ];
    }),
    inLimiter("loosen", "the limiter's number", (container) => {
        changeLimits(container, (limits) => {
            for (const limit of eachLimit(limits)) {
                set(limit, "rate_limit.requests_per_unit", 5000);
            }
        });
    }),
    inLimiter("loosen", "the limiter's unit", (container) => {
        changeLimits(container, (limits) => {
            for (const limit of eachLimit(limits)) {
                set(limit, "rate_limit.unit", "second");
            }
        });
    }),
    inLimiter("bypass", "the limiter by one user", (container) => {
        changeLimits(container, (limits) => {
            const [kind] = limits.descriptors as { descriptors: Props[] }[];
            kind?.descriptors.push({ key: "user", value: "vip" });
        });
    }),
    inLimiter("flip", "the limiter's refusals to reports", (container) => {
        setVariable(container, "SHADOW_MODE", "true");
    }),
    inLimiter("flip", "the limiter's TLS", (container) => {
        setVariable(container, "REDIS_TLS", "false");
    }),
    inLimiter("loosen", "the limiter's address", (container) => {
        setVariable(container, "GRPC_HOST", "0.0.0.0");
    }),
    inLimiter("remove", "the limiter's password", (container) => {
        const secrets = container.secrets as { name: string }[];
        container.secrets = secrets.filter(({ name }) => name !== "REDIS_AUTH");
    }),
    inLimiter("bypass", "the limiter's limits", (container) => {
        container.command = ["RUNTIME_ROOT=/limits exec /bin/ratelimit"];
    }),
];

function guarding(
    kind: Operator["kind"],
    target: string,
    change: (filters: Props[], guard: Props & { typed_config: Props }) => void,
): Operator {
    return inBootstrap(
        "rate-limit",
        kind,
        target,
        (bootstrap) => {
            const filters = manager(inbound(bootstrap)).http_filters as (Props & { typed_config: Props })[];
            change(filters, first(filters.filter(({ name }) => name === "envoy.filters.http.rbac")));
        },
        isIngress,
    );
}

const several: readonly Operator[] = [
    guarding("remove", "the refusal of several identities", (filters, guard) => {
        filters.splice(filters.indexOf(guard), 1);
    }),
    guarding("flip", "the refusal of several identities to off", (_, guard) => {
        guard.disabled = true;
    }),
    guarding("bypass", "the refusal of several identities behind the limit", (filters, guard) => {
        filters.splice(filters.indexOf(guard), 1);
        filters.splice(-1, 0, guard);
    }),
    guarding("loosen", "the refusal of several identities to consumers", (_, guard) => {
        set(guard, "typed_config.matcher.matcher_list.matchers.0.predicate.or_matcher.predicate.0", {
            ...(
                guard.typed_config.matcher as {
                    matcher_list: { matchers: { predicate: { or_matcher: { predicate: Props[] } } }[] };
                }
            ).matcher_list.matchers[0]?.predicate.or_matcher.predicate[1],
        });
    }),
    guarding("flip", "the refusal of several identities to a note", (_, guard) => {
        set(guard, "typed_config.matcher.matcher_list.matchers.0.on_match.action.typed_config.action", "LOG");
    }),
    guarding("bypass", "the refusal of several identities that goes on matching", (_, guard) => {
        set(guard, "typed_config.matcher.matcher_list.matchers.0.on_match.keep_matching", true);
    }),
];

/** Ways to let a user have more than 1000 requests a minute. */
export const rateLimitOperators: readonly Operator[] = [
    ...firewall,
    ...plans,
    ...ingress,
    ...several,
    ...limiter,
];
