import { added, ofType, replaced, setting, without, type Operator, type Props } from "../operator";
import {
    callee,
    callsOthers,
    inbound,
    inBootstrap,
    inContainers,
    isMember,
    manager,
    proxy,
    type Bootstrap,
} from "./bootstraps";
import { first } from "./documents";

const task = "aws:ecs/taskDefinition:TaskDefinition";
const service = "aws:ecs/service:Service";
const directory = "aws:servicediscovery/service:Service";
const elsewhere = { socket_address: { address: "10.0.0.9", port_value: 4317 } };

function socketOf(owner: Props): Props {
    return (owner.transport_socket as { typed_config: Props }).typed_config;
}

function inboundSocket(bootstrap: Bootstrap): Props {
    return socketOf(first(inbound(bootstrap).filter_chains as Props[]));
}

function common(socket: Props): Props & { validation_context: Props; tls_params: Props } {
    return socket.common_tls_context as Props & { validation_context: Props; tls_params: Props };
}

const tls: readonly Operator[] = [
    inBootstrap("mesh-mtls", "remove", "a listener's trust", (bootstrap) => {
        delete common(inboundSocket(bootstrap)).validation_context.trusted_ca;
    }),
    inBootstrap("mesh-mtls", "loosen", "a listener's TLS version", (bootstrap) => {
        common(inboundSocket(bootstrap)).tls_params.tls_minimum_protocol_version = "TLSv1_0";
    }),
    inBootstrap("mesh-mtls", "flip", "trust chain verification", (bootstrap) => {
        common(inboundSocket(bootstrap)).validation_context.trust_chain_verification = "ACCEPT_UNTRUSTED";
    }),
    inBootstrap("mesh-mtls", "remove", "a callee's identity", (bootstrap) => {
        delete common(socketOf(callee(bootstrap))).validation_context.match_typed_subject_alt_names;
    }),
    inBootstrap("mesh-mtls", "loosen", "a callee's identity to any member", (bootstrap) => {
        common(socketOf(callee(bootstrap))).validation_context.match_typed_subject_alt_names = [
            { san_type: "URI", matcher: { prefix: "spiffe://shop.internal/" } },
        ];
    }),
    inBootstrap("mesh-mtls", "remove", "a callee's own certificate", (bootstrap) => {
        delete common(socketOf(callee(bootstrap))).tls_certificates;
    }),
    inBootstrap(
        "mesh-mtls",
        "bypass",
        "a listener in plain text beside",
        ({ static_resources: all }) => {
            const egress = first(all.listeners.filter(({ name }) => String(name).startsWith("egress")));
            all.listeners.push({
                ...structuredClone(egress),
                name: "beside",
                address: { socket_address: { address: "0.0.0.0", port_value: 8081 } },
            });
        },
        (resource) => isMember(resource) && callsOthers(resource),
    ),
    inBootstrap(
        "mesh-mtls",
        "bypass",
        "an additional address",
        ({ static_resources: all }) => {
            const egress = first(all.listeners.filter(({ name }) => String(name).startsWith("egress")));
            egress.additional_addresses = [
                { address: { socket_address: { address: "0.0.0.0", port_value: 8081 } } },
            ];
        },
        (resource) => isMember(resource) && callsOthers(resource),
    ),
    inBootstrap("mesh-mtls", "bypass", "an open administration interface", (bootstrap) => {
        bootstrap.admin = { address: { socket_address: { address: "0.0.0.0", port_value: 9901 } } };
    }),
    inBootstrap("mesh-mtls", "bypass", "configuration from elsewhere", (bootstrap) => {
        bootstrap.dynamic_resources = { cds_config: { ads: {} } };
    }),
    inBootstrap("mesh-mtls", "bypass", "a Lua filter", (bootstrap) => {
        const connection = manager(inbound(bootstrap));
        (connection.http_filters as Props[]).splice(1, 0, {
            name: "lua",
            typed_config: {
                "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua",
                default_source_code: { inline_string: "function envoy_on_request(r) end" },
            },
        });
    }),
    inContainers("mesh-mtls", "bypass", "a shell's own start", (containers) => {
        (proxy(containers).environment as Props[]).push({ name: "BASH_ENV", value: "/tmp/start" });
    }),
    inContainers("mesh-mtls", "bypass", "a loader's secret", (containers) => {
        (proxy(containers).secrets as Props[]).push({ name: "LD_PRELOAD", valueFrom: "/preload" });
    }),
    inContainers("mesh-mtls", "bypass", "an environment file", (containers) => {
        proxy(containers).environmentFiles = [{ type: "s3", value: "arn:aws:s3:::files/env" }];
    }),
    inContainers("mesh-mtls", "bypass", "another bootstrap", (containers) => {
        proxy(containers).command = ["envoy -c /other.yaml"];
    }),
    inContainers("mesh-mtls", "rename", "the proxy", (containers) => {
        proxy(containers).name = "Envoy";
    }),
    inContainers("mesh-mtls", "duplicate", "the bootstrap", (containers) => {
        (proxy(containers).environment as Props[]).push({ name: "ENVOY_BOOTSTRAP", value: "{}" });
    }),
    setting("mesh-mtls", "forge", task, "containerDefinitions", "[{"),
];

function detection(kind: Operator["kind"], target: string, change: (detection: Props) => void): Operator {
    return inBootstrap("mesh-circuit-breaker", kind, target, (bootstrap) => {
        change(callee(bootstrap).outlier_detection as Props);
    });
}

const breaker: readonly Operator[] = [
    detection("flip", "a breaker's enforcement", (each) => (each.enforcing_consecutive_5xx = 0)),
    detection("loosen", "a breaker's time", (each) => (each.base_ejection_time = "1s")),
    detection("loosen", "a breaker's sweep", (each) => (each.interval = "60s")),
    detection("loosen", "a breaker's share of instances", (each) => (each.max_ejection_percent = 10)),
    detection("flip", "a breaker that health checks close", (each) => {
        delete each.successful_active_health_check_uneject_host;
    }),
    detection("flip", "a breaker by share of failures", (each) => (each.enforcing_failure_percentage = 0)),
    inBootstrap("mesh-circuit-breaker", "remove", "a breaker's merge window", (bootstrap) => {
        delete (callee(bootstrap).common_lb_config as Props).update_merge_window;
    }),
    inBootstrap("mesh-circuit-breaker", "bypass", "a runtime key over a breaker", (bootstrap) => {
        bootstrap.layered_runtime = {
            layers: [{ name: "x", static_layer: { "outlier_detection.consecutive_5xx": 500 } }],
        };
    }),
    inBootstrap("mesh-circuit-breaker", "rename", "a callee's discovery", (bootstrap) => {
        delete callee(bootstrap).cluster_type;
        callee(bootstrap).type = "LOGICAL_DNS";
    }),
];

interface Routes {
    virtual_hosts: { routes: Props[] }[];
}

function routes(connection: Props): Props[] {
    return (connection.route_config as Routes).virtual_hosts.flatMap((host) => host.routes);
}

/** An operator on what the application's calls do. */
function onEgress(kind: Operator["kind"], target: string, change: (route: Props) => void): Operator {
    return inBootstrap(
        "mesh-traffic",
        kind,
        target,
        ({ static_resources: all }) => {
            const egress = first(all.listeners.filter(({ name }) => String(name).startsWith("egress")));
            for (const route of routes(manager(egress))) {
                change(route.route as Props);
            }
        },
        (resource) => isMember(resource) && callsOthers(resource),
    );
}

const requests: readonly Operator[] = [
    inBootstrap(
        "mesh-authorization",
        "remove",
        "the removal of identity headers",
        (bootstrap) => {
            for (const route of routes(manager(inbound(bootstrap)))) {
                delete route.request_headers_to_remove;
            }
        },
        isMember,
    ),
    inBootstrap(
        "mesh-authorization",
        "forge",
        "who may name a user",
        (bootstrap) => {
            manager(inbound(bootstrap)).forward_client_cert_details = "ALWAYS_FORWARD_ONLY";
        },
        isMember,
    ),
    inBootstrap("mesh-traffic", "remove", "the removal of steering headers", (bootstrap) => {
        delete manager(inbound(bootstrap)).early_header_mutation_extensions;
    }),
    inBootstrap(
        "mesh-traffic",
        "rename",
        "where an egress leads",
        ({ static_resources: all }) => {
            const egress = first(all.listeners.filter(({ name }) => String(name).startsWith("egress")));
            for (const route of routes(manager(egress))) {
                (route.route as Props).cluster = "application";
            }
        },
        (resource) => isMember(resource) && callsOthers(resource),
    ),
    onEgress("bypass", "a cluster that a request names", (route) => {
        delete route.cluster;
        route.cluster_header = "x-cluster";
    }),
    onEgress("loosen", "weights that are not whole", (route) => {
        const cluster = route.cluster;
        delete route.cluster;
        route.weighted_clusters = { clusters: [{ name: cluster, weight: 10 }], total_weight: 10 };
    }),
    onEgress("bypass", "copies of every request", (route) => {
        route.request_mirror_policies = [{ cluster: route.cluster }];
    }),
    inBootstrap("mesh-observability", "remove", "a listener's access log", (bootstrap) => {
        delete manager(inbound(bootstrap)).access_log;
    }),
    inBootstrap("mesh-observability", "loosen", "a listener's access log to errors", (bootstrap) => {
        const log = first(manager(inbound(bootstrap)).access_log as Props[]);
        log.filter = { status_code_filter: { comparison: { op: "GE", value: { default_value: 500 } } } };
    }),
    inBootstrap("mesh-observability", "remove", "a listener's traces", (bootstrap) => {
        delete manager(inbound(bootstrap)).tracing;
    }),
    inBootstrap("mesh-observability", "loosen", "a listener's share of traces", (bootstrap) => {
        (manager(inbound(bootstrap)).tracing as Props).overall_sampling = { value: 0 };
    }),
    inBootstrap(
        "mesh-observability",
        "bypass",
        "a collector in another place",
        ({ static_resources: all }) => {
            const collector = first(all.clusters.filter(({ name }) => name === "telemetry"));
            collector.load_assignment = {
                cluster_name: "telemetry",
                endpoints: [{ lb_endpoints: [{ endpoint: { address: elsewhere } }] }],
            };
        },
    ),
    inBootstrap("mesh-observability", "remove", "a proxy's statistics", (bootstrap) => {
        delete bootstrap.stats_sinks;
    }),
    inContainers("mesh-observability", "rename", "a container's log group", (containers) => {
        const { options } = proxy(containers).logConfiguration as { options: Props };
        options["awslogs-group"] = "/somewhere/else";
    }),
];

const found: readonly Operator[] = [
    setting("mesh-discovery", "loosen", directory, "dnsConfig.dnsRecords.0.ttl", 3600),
    setting("mesh-discovery", "rename", directory, "dnsConfig.dnsRecords.0.type", "CNAME"),
    setting("mesh-discovery", "rename", directory, "dnsConfig.routingPolicy", "WEIGHTED"),
    setting("mesh-discovery", "detach", directory, "dnsConfig.namespaceId", "ns-public"),
    setting(
        "mesh-discovery",
        "remove",
        service,
        "serviceRegistries",
        undefined,
        ({ name }) => name !== "ingress",
    ),
    {
        kind: "remove",
        target: "Cloud Map service",
        rule: "mesh-discovery",
        appliesTo: ofType(directory),
        apply: (resource, program) =>
            without(program, resource).map((each) => ({
                ...each,
                from: Object.fromEntries(
                    Object.entries(each.from).map(([property, urns]) => [
                        property,
                        urns.filter((urn) => urn !== resource.urn),
                    ]),
                ),
            })),
    },
];

const containers: readonly Operator[] = [
    inContainers("base-containers", "loosen", "an image's tag", (all) => {
        first(all).image = "shop/application:latest";
    }),
    inContainers("base-containers", "remove", "an image's tag", (all) => {
        first(all).image = "shop/application";
    }),
    setting("base-containers", "bypass", task, "volumes", [{ name: "host", hostPath: "/" }]),
    setting("base-containers", "flip", task, "pidMode", "task"),
    setting("base-containers", "flip", task, "ipcMode", "host"),
    setting("mesh-membership", "bypass", service, "launchType", "EXTERNAL"),
    setting("mesh-membership", "bypass", service, "deploymentController", { type: "EXTERNAL" }),
    setting(
        "mesh-certificates",
        "loosen",
        "aws:iam/role:Role",
        "assumeRolePolicy",
        JSON.stringify({
            Statement: [
                {
                    Effect: "Allow",
                    Principal: { AWS: "arn:aws:iam::999999999999:root" },
                    Action: "sts:AssumeRole",
                },
            ],
        }),
        ({ name }) => /-(execution|task)$/.test(name),
    ),
    {
        kind: "rename",
        target: "an application's role to one that reads keys",
        rule: "mesh-certificates",
        appliesTo: ofType(task),
        apply: (resource, program) =>
            replaced(program, resource, ({ props, from }) => {
                props.taskRoleArn = props.executionRoleArn;
                from.taskRoleArn = from.executionRoleArn ?? [];
            }),
    },
    {
        kind: "duplicate",
        target: "a service behind its own task definition without proxy",
        rule: "mesh-mtls",
        appliesTo: (resource) => resource.type === service && resource.name === "order-service",
        apply: ({ props }, program) => {
            const bare = added(program, task, "bare", {
                containerDefinitions: JSON.stringify([{ name: "application", image: "shop/a:1" }]),
            });
            return added(
                bare,
                service,
                "bare",
                { ...props, name: "bare" },
                { taskDefinition: [first(bare.filter(({ name }) => name === "bare")).urn] },
            );
        },
    },
];

/** Ways to weaken a proxy, or the container that it runs in. */
export const proxyOperators: readonly Operator[] = [...tls, ...breaker, ...requests, ...found, ...containers];
