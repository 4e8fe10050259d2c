import { expect } from "chai";
import { ingressSpec } from "../../../../components/mesh/envoy/fromMesh";
import { ingressBootstrap } from "../../../../components/mesh/envoy/ingress";
import { resolveMesh } from "../../../../components/model/resolveMesh";
import { at, connectionManagerOf } from "./reading";

function bootstrapOf(tasks: number): object {
    const { mesh } = resolveMesh({
        trustDomain: "shop.internal",
        services: { cart: { localPort: 9001 }, stock: { localPort: 9002 } },
        ingress: [{ api: "carts", service: "cart" }],
    });
    const rateLimit = { requestsPerMinute: 1000, burst: 100, tasks, users: 5000 };
    const allowedOrigins = ["https://shop.example"];
    return ingressBootstrap(ingressSpec(mesh, { rateLimit, allowedOrigins, memory: 384 }));
}

const filterOf = (bootstrap: object, name: string): unknown =>
    (at(connectionManagerOf(bootstrap, "ingress"), "http_filters") as object[]).find(
        (filter) => at(filter, "name") === name,
    );

describe("The ingress's bootstrap", () => {
    it("accepts API Gateway's certificate only, over TLS 1.2 or 1.3", () => {
        const listeners = at(bootstrapOf(1), "static_resources", "listeners") as object[];
        const tls = at(listeners[0], "filter_chains", 0, "transport_socket", "typed_config");
        expect(at(tls, "require_client_certificate")).to.equal(true);
        expect(at(tls, "common_tls_context", "validation_context")).to.deep.equal({
            trusted_ca: { environment_variable: "GATEWAY_TRUST" },
        });
        expect(at(tls, "common_tls_context", "tls_params", "tls_minimum_protocol_version")).to.equal(
            "TLSv1_2",
        );
    });

    it("reaches the services behind public APIs and no others", () => {
        const clusters = at(bootstrapOf(1), "static_resources", "clusters") as object[];
        expect(clusters.map((cluster) => at(cluster, "name"))).to.deep.equal(["cart"]);
    });

    it("refills a user's bucket evenly to 1000 a minute, with a burst of 100", () => {
        const limit = at(filterOf(bootstrapOf(1), "envoy.filters.http.local_ratelimit"), "typed_config");
        const bucket = { max_tokens: 100, tokens_per_fill: 1, fill_interval: "0.060s" };
        expect(at(limit, "descriptors")).to.deep.equal([
            { entries: [{ key: "counted-by", value: "user" }, { key: "user" }], token_bucket: bucket },
            {
                entries: [{ key: "counted-by", value: "consumer" }, { key: "consumer" }],
                token_bucket: bucket,
            },
        ]);
        expect(at(limit, "filter_enforced", "default_value")).to.deep.equal({
            numerator: 100,
            denominator: "HUNDRED",
        });
        expect(at(limit, "max_dynamic_descriptors")).to.equal(5000);
    });

    it("takes bodies of at most 64 KiB, and only within a user's rate", () => {
        const filters = at(connectionManagerOf(bootstrapOf(1), "ingress"), "http_filters") as object[];
        expect(filters.map((filter) => at(filter, "name"))).to.deep.equal([
            "envoy.filters.http.cors",
            "envoy.filters.http.rbac",
            "envoy.filters.http.local_ratelimit",
            "envoy.filters.http.buffer",
            "envoy.filters.http.router",
        ]);
        const limit = at(filterOf(bootstrapOf(1), "envoy.filters.http.buffer"), "typed_config");
        expect(at(limit, "max_request_bytes")).to.equal(65_536);
    });

    it("divides the bucket among its tasks", () => {
        const limit = at(filterOf(bootstrapOf(3), "envoy.filters.http.local_ratelimit"), "typed_config");
        expect(at(limit, "token_bucket")).to.deep.equal({
            max_tokens: 33,
            tokens_per_fill: 1,
            fill_interval: "0.180s",
        });
    });

    it("tells a refused user when the next request passes", () => {
        const retryAfter = (tasks: number): unknown =>
            at(
                filterOf(bootstrapOf(tasks), "envoy.filters.http.local_ratelimit"),
                "typed_config",
                "response_headers_to_add",
                0,
                "header",
            );
        expect(retryAfter(2)).to.deep.equal({ key: "retry-after", value: "1" });
        expect(retryAfter(30)).to.deep.equal({ key: "retry-after", value: "2" });
    });

    it("refuses whoever is neither a user nor a consumer, before any route", () => {
        const routes = at(
            connectionManagerOf(bootstrapOf(1), "ingress"),
            "route_config",
            "virtual_hosts",
            0,
            "routes",
        ) as object[];
        expect(routes.map((route) => at(route, "direct_response", "status"))).to.deep.equal([
            403,
            403,
            undefined,
            undefined,
        ]);
    });

    it("spreads an API's requests over its service's versions, a tester's first", () => {
        const { mesh, issues } = resolveMesh({
            trustDomain: "shop.internal",
            services: {
                cart: {
                    localPort: 9001,
                    versions: { stable: { weight: 75 }, canary: { weight: 25 } },
                    headerRoutes: [{ header: "x-tester", value: "on", version: "canary" }],
                },
            },
            ingress: [{ api: "carts", service: "cart" }],
        });
        expect(issues).to.deep.equal([]);
        const rateLimit = { requestsPerMinute: 1000, burst: 100, tasks: 1, users: 5000 };
        const bootstrap = ingressBootstrap(ingressSpec(mesh, { rateLimit, allowedOrigins: [], memory: 384 }));
        const routes = at(
            connectionManagerOf(bootstrap, "ingress"),
            "route_config",
            "virtual_hosts",
            0,
            "routes",
        ) as object[];
        const path = { safe_regex: { regex: "/(?:v[0-9]+/)?carts(?:/.*)?" } };
        const tester = { name: "x-tester", string_match: { exact: "on" } };
        const reads = { name: ":method", string_match: { safe_regex: { regex: "GET|HEAD" } } };
        const split = [
            { name: "cart", weight: 75 },
            { name: "cart-canary", weight: 25 },
        ];
        expect(
            routes
                .slice(2)
                .map((route) => [
                    at(route, "match"),
                    at(route, "route", "cluster") ?? at(route, "route", "weighted_clusters", "clusters"),
                ]),
        ).to.deep.equal([
            [{ ...path, headers: [tester, reads] }, "cart-canary"],
            [{ ...path, headers: [tester] }, "cart-canary"],
            [{ ...path, headers: [reads] }, split],
            [path, split],
        ]);
    });

    it("takes the credentials that the gateway has checked out of the request", () => {
        const host = at(connectionManagerOf(bootstrapOf(1), "ingress"), "route_config", "virtual_hosts", 0);
        expect(at(host, "request_headers_to_remove")).to.deep.equal(["authorization", "x-api-key"]);
    });
});
