import { expect } from "chai";
import { sidecarSpec } from "../../../../components/mesh/envoy/fromMesh";
import type { JsonObject } from "../../../../components/mesh/json";
import { sidecarBootstrap } from "../../../../components/mesh/envoy/sidecar";
import type { MeshServiceDefinition } from "../../../../components/model/mesh";
import { resolveMesh } from "../../../../components/model/resolveMesh";
import { at, connectionManagerOf } from "./reading";

/** The bootstrap of a caller of `stock`. */
function callerOf(stock: Omit<MeshServiceDefinition, "localPort">): JsonObject {
    const { mesh, issues } = resolveMesh({
        trustDomain: "shop.internal",
        services: { cart: { localPort: 9001, calls: ["stock"] }, stock: { localPort: 9002, ...stock } },
    });
    expect(issues).to.deep.equal([]);
    return sidecarBootstrap(sidecarSpec(mesh, "cart", 8080, { memory: 160 }));
}

interface Route {
    readonly match: JsonObject;
    readonly route: JsonObject;
}

function routesOf(bootstrap: JsonObject): readonly Route[] {
    const manager = connectionManagerOf(bootstrap, "egress-stock");
    return at(manager, "route_config", "virtual_hosts", 0, "routes") as readonly Route[];
}

const clusterNames = (bootstrap: JsonObject): unknown[] =>
    (at(bootstrap, "static_resources", "clusters") as object[]).map((cluster) => at(cluster, "name"));

const method = (match: JsonObject): JsonObject => ({ name: ":method", string_match: match });
const reads = method({ safe_regex: { regex: "GET|HEAD" } });
const canaryTester = { name: "x-tester", string_match: { exact: "canary" } };
const half = { stable: { weight: 90 }, canary: { weight: 10 }, shadow: { weight: 0 } };

describe("The routes to a callee with several versions", () => {
    it("spread requests by weight, and leave out a version without one", () => {
        const bootstrap = callerOf({ versions: half });
        const weighted_clusters = {
            clusters: [
                { name: "stock", weight: 90 },
                { name: "stock-canary", weight: 10 },
            ],
        };
        for (const { route } of routesOf(bootstrap)) {
            expect(route).to.deep.include({ weighted_clusters, host_rewrite_literal: "stock" });
            expect(route).not.to.have.property("cluster");
        }
        expect(clusterNames(bootstrap)).to.deep.equal(["application", "stock", "stock-canary"]);
    });

    it("are no others than before while the second version has no weight", () => {
        const alone = callerOf({});
        const beside = callerOf({ versions: { stable: { weight: 100 }, canary: { weight: 0 } } });
        expect(beside).to.deep.equal(alone);
    });

    it("give a header's requests to its version, whatever the weights say", () => {
        const versions = { stable: { weight: 100 }, canary: { weight: 0 } };
        const headerRoutes = [{ header: "x-tester", value: "canary", version: "canary" }];
        const routes = routesOf(callerOf({ versions, headerRoutes }));
        expect(routes.map(({ match, route }) => [match, route.cluster])).to.deep.equal([
            [{ prefix: "/", headers: [canaryTester, reads] }, "stock-canary"],
            [{ prefix: "/", headers: [canaryTester] }, "stock-canary"],
            [{ prefix: "/", headers: [reads] }, "stock"],
            [{ prefix: "/" }, "stock"],
        ]);
    });

    it("copy only what is safe to repeat", () => {
        const mirrors = [{ version: "shadow", percent: 25 }];
        const safeRepeats = [{ method: "POST" as const, pathPrefix: "/quotes/" }];
        const routes = routesOf(callerOf({ versions: half, mirrors, safeRepeats }));
        const copies = [
            {
                cluster: "stock-shadow",
                runtime_fraction: { default_value: { numerator: 25, denominator: "HUNDRED" } },
            },
        ];
        expect(
            routes.map(({ match, route }) => [match.headers, route.request_mirror_policies]),
        ).to.deep.equal([
            [[method({ exact: "POST" })], copies],
            [[reads], copies],
            [undefined, undefined],
        ]);
        expect(clusterNames(callerOf({ versions: half, mirrors }))).to.include("stock-shadow");
    });

    it("reach each version under its own name, with its service's identity", () => {
        const bootstrap = callerOf({ versions: half });
        const clusters = at(bootstrap, "static_resources", "clusters") as object[];
        const canary = clusters.find((cluster) => at(cluster, "name") === "stock-canary");
        const tls = at(canary, "transport_socket", "typed_config");
        const names = at(tls, "common_tls_context", "validation_context", "match_typed_subject_alt_names");
        expect(at(tls, "sni")).to.equal("stock-canary.shop.internal");
        expect(names).to.deep.equal([
            { san_type: "URI", matcher: { exact: "spiffe://shop.internal/stock" } },
        ]);
        expect(at(canary, "health_checks", 0, "http_health_check", "host")).to.equal("stock");
    });
});

describe("The routes to a gRPC service", () => {
    it("repeat declared calls only, on failures as gRPC tells them", () => {
        const safeRepeats = [{ method: "POST" as const, pathPrefix: "/stock.v1.Stock/Get" }];
        const routes = routesOf(callerOf({ protocol: "grpc", safeRepeats }));
        expect(
            routes.map(({ match, route }) => [match, at(route, "retry_policy", "retry_on")]),
        ).to.deep.equal([
            [
                { prefix: "/stock.v1.Stock/Get", headers: [method({ exact: "POST" })] },
                "5xx,internal,unavailable,deadline-exceeded",
            ],
            [{ prefix: "/" }, undefined],
        ]);
    });
});
