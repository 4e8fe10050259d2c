import { added, ofType, replaced, without, type Kind, type Operator, type Props } from "../operator";
import type { Recorded } from "../recording";
import { inContainers, proxy } from "./bootstraps";
import { first } from "./documents";

const node = "aws:appmesh/virtualNode:VirtualNode";
const gateway = "aws:appmesh/virtualGateway:VirtualGateway";
const route = "aws:appmesh/route:Route";
const virtualService = "aws:appmesh/virtualService:VirtualService";
const mesh = "aws:appmesh/mesh:Mesh";
const task = "aws:ecs/taskDefinition:TaskDefinition";

/** An operator on the spec of every App Mesh resource of a type. */
function inSpec(
    rule: string,
    kind: Kind,
    type: string,
    target: string,
    change: (spec: Props) => void,
    where: (resource: Recorded) => boolean = () => true,
): Operator {
    return {
        kind,
        target: `App Mesh: ${target}`,
        rule,
        appliesTo: (resource) => resource.type === type && where(resource),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                change(props.spec as Props);
            }),
    };
}

const listenerOf = (spec: Props): Props => first(spec.listeners as Props[]);
const tlsOf = (spec: Props): Props => listenerOf(spec).tls as Props;
const policyOf = (spec: Props): Props => {
    const backend = first(spec.backends as { virtualService: { clientPolicy: { tls: Props } } }[]);
    return backend.virtualService.clientPolicy.tls;
};
const namesIn = (holder: Props): { exacts: string[] } => {
    const { subjectAlternativeNames } = holder.validation as {
        subjectAlternativeNames: { match: { exacts: string[] } };
    };
    return subjectAlternativeNames.match;
};
const callsOthers = ({ props }: Recorded): boolean =>
    (props.spec as { backends: unknown[] }).backends.length > 0;
const isCalled = ({ name }: Recorded): boolean => name.endsWith("payment-service");
const routeOf = (spec: Props): Props => spec.httpRoute as Props;
const isRest = ({ name }: Recorded): boolean => name.endsWith("-rest") && name.includes("payment-service");

const tls: readonly Operator[] = [
    inSpec("mesh-mtls", "remove", node, "a listener's TLS", (spec) => {
        delete listenerOf(spec).tls;
    }),
    inSpec("mesh-mtls", "loosen", node, "a listener that also takes plain text", (spec) => {
        tlsOf(spec).mode = "PERMISSIVE";
    }),
    inSpec("mesh-mtls", "remove", node, "a listener's check of its callers", (spec) => {
        delete tlsOf(spec).validation;
    }),
    inSpec("mesh-mtls", "remove", gateway, "the gateway's check of API Gateway", (spec) => {
        delete tlsOf(spec).validation;
    }),
    inSpec("mesh-mtls", "flip", gateway, "the gateway's trust in every member", (spec) => {
        const { trust } = tlsOf(spec).validation as { trust: { file: Props } };
        trust.file.certificateChain = "/dev/shm/mesh/trust.pem";
    }),
    inSpec(
        "mesh-mtls",
        "flip",
        node,
        "a client policy's enforcement",
        (spec) => (policyOf(spec).enforce = false),
        callsOthers,
    ),
    inSpec(
        "mesh-mtls",
        "rename",
        node,
        "a client policy's port",
        (spec) => (policyOf(spec).ports = [443]),
        callsOthers,
    ),
    inSpec(
        "mesh-mtls",
        "remove",
        node,
        "a client policy",
        (spec) => {
            const backend = first(spec.backends as { virtualService: Props }[]);
            delete backend.virtualService.clientPolicy;
        },
        callsOthers,
    ),
    inSpec(
        "mesh-mtls",
        "remove",
        node,
        "a caller's own certificate",
        (spec) => {
            delete policyOf(spec).certificate;
        },
        callsOthers,
    ),
    inSpec(
        "mesh-mtls",
        "loosen",
        node,
        "the identities of a callee",
        (spec) => {
            namesIn(policyOf(spec)).exacts.push("spiffe://shop.internal/stranger");
        },
        callsOthers,
    ),
    inSpec("mesh-mtls", "loosen", gateway, "the identities behind the gateway", (spec) => {
        const { clientPolicy } = spec.backendDefaults as { clientPolicy: { tls: Props } };
        namesIn(clientPolicy.tls).exacts.push("spiffe://shop.internal/stranger");
    }),
    inSpec("mesh-mtls", "bypass", mesh, "the egress filter", (spec) => {
        spec.egressFilter = { type: "ALLOW_ALL" };
    }),
];

const interception: readonly Operator[] = [
    {
        kind: "remove",
        target: "App Mesh: a task's interception",
        rule: "mesh-mtls",
        appliesTo: ({ type, props }) => type === task && "proxyConfiguration" in props,
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                delete props.proxyConfiguration;
            }),
    },
    ...(
        [
            ["AppPorts", "9090"],
            ["EgressIgnoredPorts", "443,8080"],
            ["EgressIgnoredIPs", "10.20.0.0/16"],
            ["IgnoredUID", "65532"],
            ["IgnoredGID", "65532"],
        ] as const
    ).map(([property, value]): Operator => ({
        kind: "loosen",
        target: `App Mesh: a task's ${property}`,
        rule: "mesh-mtls",
        appliesTo: ({ type, props }) => type === task && "proxyConfiguration" in props,
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                (props.proxyConfiguration as { properties: Props }).properties[property] = value;
            }),
    })),
    inContainers(
        "mesh-mtls",
        "bypass",
        "App Mesh: an application with the proxy's user",
        (containers) => {
            for (const container of containers.filter(({ name }) => name === "application")) {
                container.user = "1337:1337";
            }
        },
        ({ props }) => "proxyConfiguration" in props,
    ),
    inContainers("mesh-mtls", "bypass", "App Mesh: an agent's own configuration", (containers) => {
        (proxy(containers).environment as Props[]).push({
            name: "ENVOY_CONFIG_FILE",
            value: "/tmp/own.yaml",
        });
    }),
    inContainers("mesh-mtls", "forge", "App Mesh: a proxy that is another node", (containers) => {
        for (const variable of proxy(containers).environment as Props[]) {
            if (variable.name === "APPMESH_RESOURCE_ARN") {
                variable.value = "mesh/somebody-elses/virtualNode/payment-service";
            }
        }
    }),
];

const breaker: readonly Operator[] = [
    inSpec(
        "mesh-circuit-breaker",
        "remove",
        node,
        "a node's circuit breaker",
        (spec) => {
            delete listenerOf(spec).outlierDetection;
        },
        isCalled,
    ),
    ...(
        [
            ["maxServerErrors", 50],
            ["baseEjectionDuration", { unit: "s", value: 5 }],
            ["interval", { unit: "s", value: 60 }],
            ["maxEjectionPercent", 10],
        ] as const
    ).map(([field, value]) =>
        inSpec(
            "mesh-circuit-breaker",
            "loosen",
            node,
            `a node's ${field}`,
            (spec) => {
                (listenerOf(spec).outlierDetection as Props)[field] = value;
            },
            isCalled,
        ),
    ),
    inSpec(
        "mesh-circuit-breaker",
        "rename",
        node,
        "a node found by one name in DNS",
        (spec) => {
            spec.serviceDiscovery = { dns: { hostname: "payment-service.shop.internal" } };
        },
        isCalled,
    ),
];

const authorization: readonly Operator[] = [
    inSpec(
        "mesh-authorization",
        "loosen",
        node,
        "the callers of a service",
        (spec) => {
            namesIn(tlsOf(spec)).exacts.push("spiffe://shop.internal/stranger");
        },
        isCalled,
    ),
    inSpec(
        "mesh-authorization",
        "remove",
        node,
        "the list of a service's callers",
        (spec) => {
            delete (tlsOf(spec).validation as Props).subjectAlternativeNames;
        },
        isCalled,
    ),
    inSpec(
        "mesh-authorization",
        "bypass",
        node,
        "a call that is not declared",
        (spec) => {
            const [backend] = spec.backends as { virtualService: Props }[];
            const stranger = {
                ...backend?.virtualService,
                virtualServiceName: "search-service.shop.internal",
            };
            (spec.backends as unknown[]).push({ virtualService: stranger });
        },
        isCalled,
    ),
];

const traffic: readonly Operator[] = [
    inSpec(
        "mesh-traffic",
        "remove",
        node,
        "a node's health checks",
        (spec) => {
            delete listenerOf(spec).healthCheck;
        },
        isCalled,
    ),
    inSpec(
        "mesh-traffic",
        "loosen",
        node,
        "a node's health interval",
        (spec) => {
            (listenerOf(spec).healthCheck as Props).intervalMillis = 60_000;
        },
        isCalled,
    ),
    inSpec(
        "mesh-traffic",
        "loosen",
        route,
        "repeats of writes",
        (spec) => {
            (routeOf(spec).retryPolicy as Props).maxRetries = 2;
        },
        isRest,
    ),
    inSpec(
        "mesh-traffic",
        "remove",
        route,
        "what keeps App Mesh from repeating writes",
        (spec) => {
            delete routeOf(spec).retryPolicy;
        },
        isRest,
    ),
    inSpec(
        "mesh-traffic",
        "loosen",
        route,
        "number of repeats",
        (spec) => {
            (routeOf(spec).retryPolicy as Props).maxRetries = 20;
        },
        ({ name }) => name.endsWith("payment-service-get"),
    ),
    inSpec(
        "mesh-traffic",
        "forge",
        route,
        "a version that nobody runs",
        (spec) => {
            const action = routeOf(spec).action as { weightedTargets: Props[] };
            action.weightedTargets.push({ virtualNode: "analytics-service", weight: 50, port: 8080 });
        },
        isRest,
    ),
    inSpec(
        "mesh-traffic",
        "rename",
        virtualService,
        "a service without routes",
        (spec) => {
            spec.provider = { virtualNode: { virtualNodeName: "payment-service" } };
        },
        isCalled,
    ),
    inContainers(
        "mesh-traffic",
        "forge",
        "App Mesh: an address that leads to another callee",
        (containers) => {
            const variables = containers.flatMap(({ environment }) => (environment ?? []) as Props[]);
            for (const variable of variables.filter(({ name }) => name === "ANALYTICS_SERVICE_URL")) {
                variable.value = "http://notification-service.shop.internal:8080";
            }
        },
        ({ name }) => name === "payment-service",
    ),
];

const observed: readonly Operator[] = [
    inSpec("mesh-observability", "remove", node, "a node's access log", (spec) => {
        delete spec.logging;
    }),
    inSpec("mesh-observability", "rename", node, "an access log that nobody reads", (spec) => {
        (spec.logging as { accessLog: { file: Props } }).accessLog.file.path = "/dev/null";
    }),
    inSpec("mesh-observability", "remove", gateway, "the gateway's access log", (spec) => {
        delete spec.logging;
    }),
];

const others: readonly Operator[] = [
    {
        kind: "duplicate",
        target: "App Mesh: a second mesh",
        rule: "no-app-mesh",
        appliesTo: ofType(mesh),
        apply: (_, program) => added(program, mesh, "second", { name: "second", spec: {} }),
    },
    inContainers(
        "no-app-mesh",
        "bypass",
        "App Mesh: an interception for another proxy",
        (containers) => {
            const container = proxy(containers);
            container.environment = [{ name: "ENVOY_BOOTSTRAP", value: "{}" }];
        },
        ({ props }) => "proxyConfiguration" in props,
    ),
    {
        kind: "bypass",
        target: "App Mesh: a node in somebody else's mesh",
        rule: "no-app-mesh",
        appliesTo: ofType(mesh),
        apply: (_, program) =>
            added(program, node, "guest", { name: "guest", meshName: "elsewhere", spec: {} }),
    },
    {
        kind: "remove",
        target: "App Mesh: the virtual node of a service",
        rule: "mesh-mtls",
        appliesTo: (resource) => resource.type === node && isCalled(resource),
        apply: (resource, program) => without(program, resource),
    },
];

/** Ways to weaken a program that App Mesh carries; each must be refused although the mesh has its exceptions. */
export const appMeshOperators: readonly Operator[] = [
    ...tls,
    ...interception,
    ...breaker,
    ...authorization,
    ...traffic,
    ...observed,
    ...others,
];
