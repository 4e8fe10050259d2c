import { versionsOf } from "../callGraph";
import type { Plain, PlainObject } from "../plain";
import type { Resource, Stack } from "../stack";
import { Value } from "../value";
import { anywhere, applicationCluster, cluster } from "./cluster";
import { listener } from "./manager";
import { AppMeshResources, gatewayType, nodeType } from "./resources";
import { destinationOf, type Destination } from "./routes";
import { clientTransport, namesOf, serverTransport, type FileSource } from "./tls";

/** What a proxy of App Mesh is: `mesh/<mesh>/virtualNode/<name>`, with or without the rest of an ARN. */
export interface ProxyName {
    readonly mesh: string;
    readonly kind: "virtualNode" | "virtualGateway";
    readonly name: string;
}

/** Application traffic enters a proxy here, whomever it is for. */
const egressPort = 15001;

/**
 * The configuration that App Mesh's control plane makes of a mesh's resources for one proxy, in the messages of the other data plane,
 * so that the same rules judge it. Where App Mesh has no field, nothing stands here, and `unheld.ts` says so.
 */
export function configurationOf(
    { mesh, kind, name }: ProxyName,
    program: Stack,
    sourceOf: FileSource,
): Value {
    const resources = new AppMeshResources(program, mesh);
    const parts =
        kind === "virtualNode"
            ? nodeParts(resources.proxied(nodeType, name), resources, versionsOf(program), sourceOf)
            : gatewayParts(resources.proxied(gatewayType, name), resources, sourceOf);
    const egress = resources.egressFilter().text === "DROP_ALL" ? [] : [anywhere];
    const message: PlainObject = {
        static_resources: { listeners: parts.listeners, clusters: [...parts.clusters, ...egress] },
    };
    return new Value(`${kind} "${name}"`, message);
}

interface Parts {
    readonly listeners: readonly PlainObject[];
    readonly clusters: readonly PlainObject[];
}

function nodeParts(
    { props }: Resource,
    resources: AppMeshResources,
    serviceOf: (deployment: string) => string,
    sourceOf: FileSource,
): Parts {
    const spec = props.get("spec");
    const logging = spec.get("logging");
    const service = serviceOf(props.get("name").text ?? "");
    const inbound = spec
        .get("listeners")
        .items()
        .map((each): { readonly port: Plain; readonly message: PlainObject } => {
            const port = portOf(each);
            return {
                port,
                message: listener({
                    name: "inbound",
                    address: "0.0.0.0",
                    port,
                    transport: serverTransport(each.get("tls"), sourceOf),
                    callers: callersOf(each.get("tls", "validation"), service),
                    logging,
                    routes: [{ match: { prefix: "/" }, route: { cluster: "application" } }],
                }),
            };
        });
    const backends = spec
        .get("backends")
        .items()
        .map((backend) => {
            const virtualService = backend.get("virtualService");
            const own = virtualService.get("clientPolicy");
            const policy = own.isMissing ? spec.get("backendDefaults", "clientPolicy") : own;
            const destination = destinationOf(virtualService.get("virtualServiceName").text ?? "", resources);
            return {
                listener: egressListener(virtualService.get("virtualServiceName"), destination, logging),
                clusters: destination.nodes.map((node) =>
                    cluster(node, (port) => clientTransport(policy, port, sourceOf)),
                ),
            };
        });
    return {
        listeners: [...inbound.map(({ message }) => message), ...backends.map((each) => each.listener)],
        clusters: [
            ...inbound.map(({ port }) => applicationCluster(port)),
            ...backends.flatMap((each) => each.clusters),
        ],
    };
}

function egressListener(name: Value, { routes }: Destination, logging: Value): PlainObject {
    return listener({
        name: `egress-${name.text ?? ""}`,
        address: "127.0.0.1",
        port: egressPort,
        transport: {},
        logging,
        routes,
    });
}

function gatewayParts({ props }: Resource, resources: AppMeshResources, sourceOf: FileSource): Parts {
    const spec = props.get("spec");
    const services = new Set(
        resources.gatewayRoutesOf(props.get("name").text ?? "").map((route) => {
            const action = route.props.get("spec", "httpRoute", "action");
            return action.get("target", "virtualService", "virtualServiceName").text ?? "";
        }),
    );
    const destinations = [...services].map((service) => destinationOf(service, resources));
    const policy = spec.get("backendDefaults", "clientPolicy");
    const nodes = destinations.flatMap((destination) => destination.nodes);
    return {
        listeners: spec
            .get("listeners")
            .items()
            .map((each) =>
                listener({
                    name: "ingress",
                    address: "0.0.0.0",
                    port: portOf(each),
                    transport: serverTransport(each.get("tls"), sourceOf),
                    logging: spec.get("logging"),
                    routes: destinations.flatMap(({ routes }) => routes),
                }),
            ),
        clusters: nodes.map((node) =>
            cluster(node, (port) => clientTransport(policy, port, sourceOf, namesFor(node, policy, nodes))),
        ),
    };
}

/**
 * A gateway has one list of names for all its callees. As long as it holds nobody but those who are reached, a callee is taken for
 * another public service at worst: of its own list then that callee's name is left. Anybody else in it is left in.
 */
function namesFor(node: Resource, policy: Value, all: readonly Resource[]): readonly (string | undefined)[] {
    const names = namesOf(policy.get("tls", "validation"));
    const reached = all.map(deploymentOf);
    const isOf = (name: string | undefined, deployment: string): boolean => {
        const service = name?.split("/").at(-1) ?? "";
        return deployment === service || deployment.startsWith(`${service}-`);
    };
    const strangers = names.filter((name) => !reached.some((deployment) => isOf(name, deployment)));
    const own = names.filter((name) => isOf(name, deploymentOf(node)));
    return strangers.length > 0 ? names : own;
}

function deploymentOf({ props }: Resource): string {
    return props.get("spec", "serviceDiscovery", "awsCloudMap", "serviceName").text ?? "";
}

/** Whoever is named may call; the service's own name stands where nobody may. */
function callersOf(validation: Value, service: string): readonly string[] | undefined {
    const names = namesOf(validation);
    return names.length === 0
        ? undefined
        : names.filter((name) => !(name ?? "").endsWith(`/${service}`)).map((name) => name ?? "(unknown)");
}

function portOf(each: Value): Plain {
    return each.get("portMapping", "port").number ?? null;
}
