import { added, ofType, replaced, setting, without, type Operator, type Props } from "../operator";
import { callee, inbound, inBootstrap, inContainers, isMember, manager, proxy } from "./bootstraps";
import { first } from "./documents";

const service = "aws:ecs/service:Service";
const listener = "aws:lb/listener:Listener";
const loadBalancer = "aws:lb/loadBalancer:LoadBalancer";
const certificate = "tls:index/locallySignedCert:LocallySignedCert";
const key = "tls:index/privateKey:PrivateKey";
const parameter = "aws:ssm/parameter:Parameter";

const tls: readonly Operator[] = [
    inBootstrap("mesh-mtls", "flip", "a listener's client certificate", (bootstrap) => {
        const chains = inbound(bootstrap).filter_chains as { transport_socket: { typed_config: Props } }[];
        first(chains).transport_socket.typed_config.require_client_certificate = false;
    }),
    inBootstrap("mesh-mtls", "remove", "a listener's TLS", (bootstrap) => {
        delete first(inbound(bootstrap).filter_chains as Props[]).transport_socket;
    }),
    inBootstrap("mesh-mtls", "remove", "a callee's TLS", (bootstrap) => {
        delete callee(bootstrap).transport_socket;
    }),
    inBootstrap("mesh-circuit-breaker", "remove", "a callee's circuit breaker", (bootstrap) => {
        delete callee(bootstrap).outlier_detection;
    }),
    inBootstrap("mesh-circuit-breaker", "loosen", "a callee's failures in a row", (bootstrap) => {
        (callee(bootstrap).outlier_detection as Props).consecutive_5xx = 50;
    }),
    inBootstrap("mesh-circuit-breaker", "flip", "a callee's panic threshold", (bootstrap) => {
        delete (callee(bootstrap).common_lb_config as Props).healthy_panic_threshold;
    }),
];

function rbac(bootstrap: Parameters<typeof inbound>[0]): Props {
    return first(manager(inbound(bootstrap)).http_filters as Props[]).typed_config as Props;
}

const authorization: readonly Operator[] = [
    inBootstrap(
        "mesh-authorization",
        "remove",
        "a service's RBAC filter",
        (bootstrap) => {
            (manager(inbound(bootstrap)).http_filters as Props[]).shift();
        },
        isMember,
    ),
    inBootstrap(
        "mesh-authorization",
        "flip",
        "a service's RBAC action",
        (bootstrap) => {
            (rbac(bootstrap).rules as Props).action = "LOG";
        },
        isMember,
    ),
    inBootstrap(
        "mesh-authorization",
        "loosen",
        "a service's callers",
        (bootstrap) => {
            const policies = (rbac(bootstrap).rules as Props).policies as Props;
            policies.anybody = { permissions: [{ any: true }], principals: [{ any: true }] };
        },
        isMember,
    ),
    inBootstrap(
        "mesh-authorization",
        "bypass",
        "a caller that is not declared",
        (bootstrap) => {
            const name = { exact: "spiffe://shop.internal/stranger" };
            const policies = (rbac(bootstrap).rules as Props).policies as Props;
            policies.stranger = {
                permissions: [{ any: true }],
                principals: [{ authenticated: { principal_name: name } }],
            };
        },
        isMember,
    ),
    inBootstrap(
        "mesh-authorization",
        "rename",
        "rules that only shadow",
        (bootstrap) => {
            const config = rbac(bootstrap);
            config.shadow_rules = config.rules;
            delete config.rules;
        },
        isMember,
    ),
    {
        kind: "remove",
        target: "ServiceMesh",
        rule: "mesh-authorization",
        appliesTo: ofType("shop:mesh:ServiceMesh"),
        apply: (resource, program) => without(program, resource),
    },
    setting("mesh-authorization", "forge", "shop:mesh:MeshedService", "callers", ["stranger"]),
    setting("base-stack-references", "forge", "shop:mesh:ServiceMesh", "contracts", {
        "organization/stranger/dev": { "stranger-service": { callers: ["order-service"], deployments: [] } },
    }),
];

const traffic: readonly Operator[] = [
    inBootstrap("mesh-traffic", "rename", "a callee's balancing", (bootstrap) => {
        callee(bootstrap).lb_policy = "RANDOM";
    }),
    inBootstrap("mesh-traffic", "bypass", "a callee's balancing extension", (bootstrap) => {
        callee(bootstrap).load_balancing_policy = { policies: [] };
    }),
    inBootstrap("mesh-traffic", "remove", "a callee's health checks", (bootstrap) => {
        delete callee(bootstrap).health_checks;
    }),
    inBootstrap("mesh-traffic", "loosen", "a callee's health interval", (bootstrap) => {
        first(callee(bootstrap).health_checks as Props[]).interval = "60s";
    }),
    inBootstrap("mesh-traffic", "remove", "a callee's idle health interval", (bootstrap) => {
        delete first(callee(bootstrap).health_checks as Props[]).no_traffic_interval;
    }),
    inBootstrap("mesh-traffic", "remove", "a callee's retry budget", (bootstrap) => {
        delete first((callee(bootstrap).circuit_breakers as { thresholds: Props[] }).thresholds).retry_budget;
    }),
    inBootstrap("mesh-traffic", "loosen", "repeats of writes", (bootstrap) => {
        for (const { route } of routesOf(bootstrap)) {
            route.retry_policy = { retry_on: "5xx", num_retries: 2 };
        }
    }),
    inBootstrap("mesh-traffic", "loosen", "number of repeats", (bootstrap) => {
        for (const { route } of routesOf(bootstrap).filter(({ route }) => "retry_policy" in route)) {
            (route.retry_policy as Props).num_retries = 20;
        }
    }),
];

function routesOf({ static_resources: { listeners } }: Parameters<typeof inbound>[0]): { route: Props }[] {
    return listeners
        .flatMap(
            (each) => (manager(each).route_config as { virtual_hosts: { routes: Props[] }[] }).virtual_hosts,
        )
        .flatMap(({ routes }) => routes)
        .filter((route): route is { route: Props } => "route" in route);
}

const stopping: readonly Operator[] = [
    inContainers("mesh-stopping", "remove", "a proxy's trap", (containers) => {
        const container = proxy(containers);
        container.command = (container.command as string[]).map((text) =>
            text.replace("trap drain TERM INT\n", ""),
        );
    }),
    inContainers("mesh-stopping", "loosen", "a proxy's drain", (containers) => {
        const container = proxy(containers);
        container.command = (container.command as string[]).map((text) =>
            text.replace(/sleep \d+/, "sleep 1"),
        );
    }),
    inContainers("mesh-stopping", "remove", "a proxy's stop timeout", (containers) => {
        proxy(containers).stopTimeout = 2;
    }),
    inContainers("mesh-stopping", "flip", "an essential proxy", (containers) => {
        proxy(containers).essential = false;
    }),
];

const membership: readonly Operator[] = [
    setting("mesh-membership", "flip", service, "networkConfiguration.assignPublicIp", true),
    setting("mesh-membership", "flip", service, "enableExecuteCommand", true),
    setting("mesh-membership", "bypass", service, "serviceConnectConfiguration", { enabled: true }),
    setting("mesh-membership", "remove", service, "networkConfiguration", undefined),
    setting("mesh-membership", "rename", service, "networkConfiguration.securityGroups", ["sg-other"]),
    setting("mesh-mtls", "detach", service, "taskDefinition", "other:1"),
    setting("mesh-membership", "flip", loadBalancer, "internal", false),
    setting("mesh-membership", "flip", loadBalancer, "loadBalancerType", "application"),
    setting("mesh-membership", "remove", loadBalancer, "securityGroups", undefined),
    setting("mesh-membership", "flip", listener, "protocol", "TLS"),
    setting("mesh-membership", "rename", listener, "defaultActions", [{ type: "redirect" }]),
    {
        kind: "bypass",
        target: "a second load balancer, as aws:alb",
        rule: "mesh-membership",
        appliesTo: ofType(loadBalancer),
        apply: (_, program) =>
            added(program, "aws:alb/loadBalancer:LoadBalancer", "public", {
                internal: false,
                loadBalancerType: "application",
            }),
    },
    {
        kind: "bypass",
        target: "a second listener",
        rule: "mesh-membership",
        appliesTo: ofType(listener),
        apply: ({ from, props }, program) =>
            added(program, listener, "plain", { ...props, port: 80, protocol: "HTTP" }, from),
    },
    {
        kind: "bypass",
        target: "an opening to the application",
        rule: "mesh-membership",
        appliesTo: ({ name, type }) =>
            type.endsWith(":SecurityGroupIngressRule") && name === "mesh-members-in",
        apply: ({ type, from, props }, program) =>
            added(program, type, "debug", { ...props, fromPort: 8080, toPort: 8080 }, from),
    },
    {
        kind: "bypass",
        target: "a service without a sidecar",
        rule: "mesh-mtls",
        appliesTo: ({ type, name }) => type === service && name === "order-service",
        apply: ({ props }, program) =>
            added(program, service, "shadow", { ...props, taskDefinition: "shadow:1" }),
    },
];

const certificates: readonly Operator[] = [
    setting("mesh-certificates", "loosen", certificate, "validityPeriodHours", 8760),
    setting("mesh-certificates", "remove", certificate, "earlyRenewalHours", undefined),
    setting("mesh-certificates", "flip", certificate, "isCaCertificate", true),
    setting("mesh-certificates", "loosen", certificate, "allowedUses", ["cert_signing"]),
    setting("mesh-certificates", "flip", key, "algorithm", "RSA"),
    setting("mesh-certificates", "flip", parameter, "type", "String", ({ name }) =>
        name.endsWith("-private-key"),
    ),
    inContainers("mesh-certificates", "rename", "a proxy's key", (containers) => {
        const secrets = proxy(containers).secrets as Props[];
        first(secrets.filter(({ name }) => name === "MESH_PRIVATE_KEY")).valueFrom = "/other/private-key";
    }),
    inContainers("mesh-certificates", "bypass", "a key in the environment", (containers) => {
        const variables = first(containers).environment as Props[];
        variables.push({ name: "KEY", value: "-----BEGIN PRIVATE KEY-----" });
    }),
    {
        kind: "duplicate",
        target: "an execution role",
        rule: "mesh-certificates",
        appliesTo: ({ type, name }) => type.endsWith(":TaskDefinition") && name !== "order-service",
        apply: (resource, program) => {
            const other = first(
                program.filter(({ type, name }) => type === resource.type && name === "order-service"),
            );
            return replaced(program, resource, ({ props, from }) => {
                props.executionRoleArn = other.props.executionRoleArn;
                from.executionRoleArn = other.from.executionRoleArn ?? [];
            });
        },
    },
];

const discontinued: readonly Operator[] = [
    {
        kind: "bypass",
        target: "App Mesh",
        rule: "no-app-mesh",
        appliesTo: ofType("pulumi:pulumi:Stack"),
        apply: (_, program) => added(program, "aws:appmesh/mesh:Mesh", "mesh", {}),
    },
    setting("no-app-mesh", "bypass", "aws:ecs/taskDefinition:TaskDefinition", "proxyConfiguration", {
        type: "APPMESH",
    }),
];

const meshComponent = "shop:mesh:ServiceMesh";

const migration: readonly Operator[] = [
    setting("migration-phase", "loosen", meshComponent, "phase", 2),
    setting("migration-phase", "flip", meshComponent, "calls", "plain text"),
    setting("migration-phase", "remove", meshComponent, "phase", undefined),
];

/** Ways to break what ADR-003 says of the mesh. */
export const meshOperators: readonly Operator[] = [
    ...tls,
    ...authorization,
    ...traffic,
    ...stopping,
    ...membership,
    ...certificates,
    ...migration,
    ...discontinued,
];
