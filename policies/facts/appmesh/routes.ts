import type { PlainObject } from "../plain";
import type { Resource } from "../stack";
import type { Value } from "../value";
import { duration } from "./duration";
import type { AppMeshResources } from "./resources";

const kinds = ["httpRoute", "http2Route", "grpcRoute"];
/** What App Mesh repeats where a route says nothing of repeats. Source: AWS App Mesh user guide, "Default route retry policy". */
const repeatedByDefault = { retry_policy: { num_retries: 2 } };

/** Where a virtual service leads: its routes in Envoy's form, and the virtual nodes behind them. */
export interface Destination {
    readonly routes: readonly PlainObject[];
    readonly nodes: readonly Resource[];
}

export function destinationOf(service: string, mesh: AppMeshResources): Destination {
    const provider = mesh.virtualService(service).props.get("spec", "provider");
    const [router, node] = [
        provider.get("virtualRouter", "virtualRouterName").text,
        provider.get("virtualNode", "virtualNodeName").text,
    ];
    if (router === undefined) {
        if (node === undefined) {
            throw provider.unjudgeable("a virtual router of this program");
        }
        const direct = { match: { prefix: "/" }, route: { cluster: node, ...repeatedByDefault } };
        return { routes: [direct], nodes: [mesh.virtualNode(node)] };
    }
    const routes = [...mesh.routesOf(router)].sort(
        (a, b) =>
            a.props.get("spec", "priority").numberOr(1000) - b.props.get("spec", "priority").numberOr(1000),
    );
    const names = new Set(routes.flatMap(targetsOf).flatMap(({ name }) => name.text ?? []));
    return {
        routes: routes.map(envoyRoute),
        nodes: [...names].map((name) => mesh.virtualNode(name)),
    };
}

function carriedBy({ props }: Resource): Value {
    const spec = props.get("spec");
    const [kind, ...others] = kinds.filter((each) => !spec.get(each).isMissing);
    if (kind === undefined || others.length > 0) {
        throw spec.unjudgeable(`one of ${kinds.join(", ")}`);
    }
    return spec.get(kind);
}

function targetsOf(route: Resource): readonly { readonly name: Value; readonly weight: Value }[] {
    return carriedBy(route)
        .get("action", "weightedTargets")
        .items()
        .map((target) => ({ name: target.get("virtualNode"), weight: target.get("weight") }));
}

function envoyRoute(resource: Resource): PlainObject {
    const route = carriedBy(resource);
    const match = route.get("match");
    const [prefix, exact] = [match.get("prefix").text, match.get("path", "exact").text];
    const path = exact === undefined ? { prefix: prefix ?? "/" } : { path: exact };
    return {
        name: resource.name,
        match: { ...path, headers: [...methodOf(match), ...headersOf(match)] },
        route: {
            ...clusters(resource),
            ...timeout(route.get("timeout", "perRequest")),
            ...retryPolicy(route.get("retryPolicy")),
        },
    };
}

/** Where it says nothing App Mesh gives a request 15 s, as Envoy does. */
function timeout(perRequest: Value): PlainObject {
    return perRequest.isMissing ? {} : { timeout: duration(perRequest) };
}

function methodOf(match: Value): readonly PlainObject[] {
    const method = match.get("method");
    return method.isMissing ? [] : [{ name: ":method", string_match: { exact: method.text ?? null } }];
}

function headersOf(match: Value): readonly PlainObject[] {
    return ["headers", "metadatas"]
        .flatMap((field) => match.get(field).items())
        .map((header) => ({
            name: header.get("name").text ?? null,
            invert_match: header.get("invert").isTrue,
            string_match: { exact: header.get("match", "exact").text ?? null },
        }));
}

function clusters(route: Resource): PlainObject {
    const targets = targetsOf(route);
    const [first, ...others] = targets;
    return first !== undefined && others.length === 0
        ? { cluster: first.name.text ?? null }
        : {
              weighted_clusters: {
                  clusters: targets.map(({ name, weight }) => ({
                      name: name.text ?? null,
                      weight: weight.number ?? null,
                  })),
              },
          };
}

function retryPolicy(policy: Value): PlainObject {
    if (policy.isMissing) {
        return repeatedByDefault;
    }
    const retries = policy.get("maxRetries");
    return retries.number === 0 ? {} : { retry_policy: { num_retries: retries.number ?? null } };
}
