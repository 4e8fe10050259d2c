import type { Kind, Operator, Props } from "../operator";
import type { Recorded } from "../recording";
import { callee, callsOthers, inbound, inBootstrap, isMember, manager, type Bootstrap } from "./bootstraps";
import { first } from "./documents";

type Change = (bootstrap: Bootstrap) => void;

function unread(target: string, change: Change, where?: (task: Recorded) => boolean): Operator {
    return inBootstrap("mesh-readable", "bypass", target, change, where);
}

interface Table extends Props {
    virtual_hosts: (Props & { routes: Props[] })[];
}

function table(listener: Props): Table {
    return manager(listener).route_config as Table;
}

function routes(listener: Props): Props[] {
    return table(listener).virtual_hosts.flatMap((host) => host.routes);
}

function forwarding(listener: Props): Props[] {
    return routes(listener).flatMap(({ route }) => (route === undefined ? [] : [route as Props]));
}

function egress({ static_resources: { listeners } }: Bootstrap): Props {
    return first(listeners.filter(({ name }) => String(name).startsWith("egress")));
}

const calls = (task: Recorded): boolean => isMember(task) && callsOthers(task);

function httpOptions(cluster: Props): Props {
    return first(Object.values(cluster.typed_extension_protocol_options as Record<string, Props>));
}

function tlsOf(owner: Props): Props {
    const { typed_config: context } = owner.transport_socket as {
        typed_config: { common_tls_context: Props };
    };
    return context.common_tls_context;
}

function filter(listener: Props, name: string): Props {
    const found = (manager(listener).http_filters as { name: string; typed_config: Props }[]).filter(
        (each) => each.name === `envoy.filters.http.${name}`,
    );
    return first(found).typed_config;
}

const lua = {
    name: "lua",
    typed_config: { "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua" },
};
const twice = { retry_on: "5xx", num_retries: 2 };

const listeners: readonly Operator[] = [
    unread("callers believed about their certificates", (bootstrap) => {
        manager(inbound(bootstrap)).forward_client_cert_matcher = { on_no_match: {} };
    }),
    unread("filter chains from elsewhere", (bootstrap) => {
        inbound(bootstrap).fcds_config = { name: "chains", config_source: { ads: {} } };
    }),
    unread("a listener without load shedding", (bootstrap) => {
        inbound(bootstrap).bypass_overload_manager = true;
    }),
    unread("statistics that a listener leaves out", (bootstrap) => {
        inbound(bootstrap).stats_matcher = { reject_all: true };
    }),
    unread("addresses from the PROXY protocol", (bootstrap) => {
        first(inbound(bootstrap).filter_chains as Props[]).use_proxy_proto = true;
    }),
    unread("lengths of chunked requests", (bootstrap) => {
        manager(inbound(bootstrap)).http_protocol_options = { allow_chunked_length: true };
    }),
    unread("filters behind the router", (bootstrap) => {
        filter(inbound(bootstrap), "router").upstream_http_filters = [lua];
    }),
    unread(
        "a condition on who is let in",
        (bootstrap) => {
            const { policies } = filter(inbound(bootstrap), "rbac").rules as {
                policies: Record<string, Props>;
            };
            first(Object.values(policies)).condition = { const_expr: { bool_value: true } };
        },
        (task) => isMember(task) && ["order-service", "payment-service"].includes(task.name),
    ),
];

const routing: readonly Operator[] = [
    unread("a tree of routes beside the list", (bootstrap) => {
        first(table(inbound(bootstrap)).virtual_hosts).matcher = { on_no_match: {} };
    }),
    unread("a header that chooses the virtual host", (bootstrap) => {
        table(inbound(bootstrap)).vhost_header = "x-host";
    }),
    unread("paths without their parameters", (bootstrap) => {
        table(inbound(bootstrap)).ignore_path_parameters_in_path_matching = true;
    }),
    unread("routes that an extension changes", (bootstrap) => {
        table(inbound(bootstrap)).route_specifiers = [{ name: "x", typed_config: {} }];
    }),
    unread(
        "repeats by an extension",
        (bootstrap) => {
            for (const route of forwarding(egress(bootstrap))) {
                route.retry_policy_typed_config = { "@type": "type.googleapis.com/x.Retry" };
            }
        },
        calls,
    ),
    unread(
        "requests that are hedged",
        (bootstrap) => {
            for (const route of forwarding(egress(bootstrap))) {
                route.hedge_policy = { hedge_on_per_try_timeout: true };
            }
        },
        calls,
    ),
    unread(
        "redirects that the proxy follows",
        (bootstrap) => {
            for (const route of forwarding(egress(bootstrap))) {
                route.internal_redirect_policy = { max_internal_redirects: 5 };
            }
        },
        calls,
    ),
    unread("a tunnel to the application", (bootstrap) => {
        for (const route of forwarding(inbound(bootstrap))) {
            route.upgrade_configs = [{ upgrade_type: "CONNECT", connect_config: {} }];
        }
    }),
    unread("routes that are not traced", (bootstrap) => {
        for (const route of routes(inbound(bootstrap))) {
            route.tracing = { overall_sampling: { numerator: 0 } };
        }
    }),
];

const clusters: readonly Operator[] = [
    unread("failures that do not count", (bootstrap) => {
        httpOptions(callee(bootstrap)).outlier_detection = { error_matcher: { any_match: false } };
    }),
    unread("repeats by the cluster", (bootstrap) => {
        httpOptions(callee(bootstrap)).retry_policy = twice;
    }),
    unread("copies by the cluster", (bootstrap) => {
        httpOptions(callee(bootstrap)).request_mirror_policies = [{ cluster: "application" }];
    }),
    unread("filters of the cluster", (bootstrap) => {
        httpOptions(callee(bootstrap)).http_filters = [lua];
    }),
    unread("network filters of the cluster", (bootstrap) => {
        callee(bootstrap).filters = [{ name: "x", typed_config: {} }];
    }),
    unread("another kind of upstream", (bootstrap) => {
        callee(bootstrap).upstream_config = { name: "x", typed_config: {} };
    }),
    unread("hosts that are never checked", (bootstrap) => {
        const { endpoints } = callee(bootstrap).load_assignment as {
            endpoints: { lb_endpoints: { endpoint: Props }[] }[];
        };
        first(first(endpoints).lb_endpoints).endpoint.health_check_config = {
            disable_active_health_check: true,
        };
    }),
    unread("answers that pass for health", (bootstrap) => {
        const check = first(callee(bootstrap).health_checks as { http_health_check: Props }[]);
        check.http_health_check = {
            ...check.http_health_check,
            expected_statuses: [{ start: 100, end: 600 }],
        };
    }),
    unread("long intervals of healthy hosts", (bootstrap) => {
        first(callee(bootstrap).health_checks as Props[]).no_traffic_healthy_interval = "3600s";
    }),
    unread("hosts that are only degraded", (bootstrap) => {
        (callee(bootstrap).outlier_detection as Props).detect_degraded_hosts = true;
    }),
    unread("resolvers of somebody else", (bootstrap) => {
        const { typed_config: dns } = callee(bootstrap).cluster_type as { typed_config: Props };
        dns.typed_dns_resolver_config = { name: "x", typed_config: {} };
    }),
    unread("keys of connections in a file", (bootstrap) => {
        tlsOf(callee(bootstrap)).key_log = { path: "/tmp/keys" };
    }),
    unread("another handshake", (bootstrap) => {
        tlsOf(callee(bootstrap)).custom_handshaker = { name: "x", typed_config: {} };
    }),
];

const whole: readonly Operator[] = [
    unread("an extension of the proxy", (bootstrap) => {
        bootstrap.bootstrap_extensions = [{ name: "x", typed_config: {} }];
    }),
    unread("another prefix of steering headers", (bootstrap) => {
        bootstrap.header_prefix = "x-other";
    }),
    unread("statistics that are left out", (bootstrap) => {
        bootstrap.stats_config = { stats_matcher: { reject_all: true } };
    }),
    unread("statistics only when somebody asks", (bootstrap) => {
        bootstrap.stats_flush_on_admin = true;
    }),
    unread("another way to open sockets", (bootstrap) => {
        bootstrap.default_socket_interface = "x";
    }),
    inBootstrap("mesh-readable", "remove", "the administration's list of pages", (bootstrap) => {
        delete (bootstrap.admin as Props).allow_paths;
    }),
    inBootstrap("mesh-readable", "loosen", "the administration's list of pages", (bootstrap) => {
        ((bootstrap.admin as Props).allow_paths as Props[]).push({ exact: "/runtime_modify" });
    }),
    inBootstrap("mesh-readable", "loosen", "the administration's pages to all", (bootstrap) => {
        (bootstrap.admin as Props).allow_paths = [{ prefix: "/" }];
    }),
    unread("a way to the administration interface", (bootstrap) => {
        const address = (bootstrap.admin as Props).address;
        bootstrap.static_resources.clusters.push({
            name: "admin",
            type: "STATIC",
            load_assignment: {
                cluster_name: "admin",
                endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }],
            },
        });
    }),
];

/** An operator on values of fields that are known. */
function known(
    rule: string,
    kind: Kind,
    target: string,
    change: Change,
    where?: (task: Recorded) => boolean,
): Operator {
    return inBootstrap(rule, kind, target, change, where);
}

const adding = (key: string): Props[] => [{ header: { key, value: "%REQ(X-OTHER)%" } }];

const values: readonly Operator[] = [
    known("mesh-authorization", "forge", "a user's id by a route", (bootstrap) => {
        first(routes(inbound(bootstrap))).request_headers_to_add = adding("X-User-Id");
    }),
    known("mesh-authorization", "forge", "a user's id by the table of routes", (bootstrap) => {
        table(inbound(bootstrap)).request_headers_to_add = adding("x-user-id");
    }),
    known("mesh-authorization", "forge", "a caller's certificate by a virtual host", (bootstrap) => {
        first(table(inbound(bootstrap)).virtual_hosts).request_headers_to_add =
            adding("x-forwarded-client-cert");
    }),
    known("mesh-authorization", "forge", "instructions for the router", (bootstrap) => {
        first(table(inbound(bootstrap)).virtual_hosts).request_headers_to_add = adding("x-envoy-retry-on");
    }),
    known("mesh-authorization", "forge", "a user's id ahead of every filter", (bootstrap) => {
        const extensions = manager(inbound(bootstrap)).early_header_mutation_extensions as {
            typed_config: { mutations: Props[] };
        }[];
        first(extensions).typed_config.mutations.push({ append: first(adding("x-user-id")) });
    }),
    known("mesh-authorization", "flip", "paths as they come", (bootstrap) => {
        manager(inbound(bootstrap)).normalize_path = false;
    }),
    known("mesh-authorization", "remove", "the merging of slashes", (bootstrap) => {
        delete manager(inbound(bootstrap)).merge_slashes;
    }),
    known("mesh-authorization", "loosen", "escaped slashes", (bootstrap) => {
        manager(inbound(bootstrap)).path_with_escaped_slashes_action = "KEEP_UNCHANGED";
    }),
    known("mesh-authorization", "loosen", "header names with underscores", (bootstrap) => {
        (manager(inbound(bootstrap)).common_http_protocol_options as Props).headers_with_underscores_action =
            "ALLOW";
    }),
    known("mesh-circuit-breaker", "loosen", "a refusal that passes for an answer", (bootstrap) => {
        const { mappers } = manager(inbound(bootstrap)).local_reply_config as { mappers: Props[] };
        first(mappers).status_code = 200;
    }),
    known(
        "mesh-circuit-breaker",
        "flip",
        "requests that are never given up",
        (bootstrap) => {
            for (const route of forwarding(egress(bootstrap))) {
                route.timeout = "0s";
            }
        },
        calls,
    ),
    known("mesh-traffic", "loosen", "a callee's missed health checks", (bootstrap) => {
        first(callee(bootstrap).health_checks as Props[]).unhealthy_threshold = 1000;
    }),
    known("mesh-traffic", "loosen", "a callee's time to answer a health check", (bootstrap) => {
        first(callee(bootstrap).health_checks as Props[]).timeout = "60s";
    }),
    known("mesh-traffic", "loosen", "how often a callee's name is asked for", (bootstrap) => {
        const { typed_config: dns } = callee(bootstrap).cluster_type as { typed_config: Props };
        dns.dns_refresh_rate = "3600s";
    }),
    known(
        "mesh-traffic",
        "flip",
        "health checks that the proxy answers",
        (bootstrap) => {
            filter(inbound(bootstrap), "health_check").pass_through_mode = false;
        },
        isMember,
    ),
    known("mesh-observability", "loosen", "statistics once an hour", (bootstrap) => {
        bootstrap.stats_flush_interval = "3600s";
    }),
    known("mesh-mtls", "bypass", "a tunnel through the listener", (bootstrap) => {
        manager(inbound(bootstrap)).upgrade_configs = [{ upgrade_type: "CONNECT" }];
    }),
    known("mesh-mtls", "loosen", "a listener's cipher suites", (bootstrap) => {
        const chain = first(inbound(bootstrap).filter_chains as Props[]);
        (tlsOf(chain).tls_params as Props).cipher_suites = ["AES128-SHA"];
    }),
];

/** What a proxy's configuration may say beside what the rules look for. */
export const unreadOperators: readonly Operator[] = [
    ...listeners,
    ...routing,
    ...clusters,
    ...whole,
    ...values,
];
