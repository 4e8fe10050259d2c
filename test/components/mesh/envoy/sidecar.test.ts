import { expect } from "chai";
import { sidecarSpec } from "../../../../components/mesh/envoy/fromMesh";
import { sidecarBootstrap } from "../../../../components/mesh/envoy/sidecar";
import type { MeshServiceDefinition } from "../../../../components/model/mesh";
import { resolveMesh } from "../../../../components/model/resolveMesh";
import { at, clusterOf, connectionManagerOf, listenerNames } from "./reading";

function bootstrapOf(name: string, services: Record<string, MeshServiceDefinition>): object {
    const { mesh, issues } = resolveMesh({ trustDomain: "shop.internal", services });
    expect(issues).to.deep.equal([]);
    return sidecarBootstrap(sidecarSpec(mesh, name, 8080, { memory: 160 }));
}

const cartAndStock = {
    web: { localPort: 9003, calls: ["cart"], propagatesIdentity: true },
    jobs: { localPort: 9004, calls: ["cart"] },
    cart: { localPort: 9001, calls: ["stock"] },
    stock: { localPort: 9002 },
};

describe("A sidecar's bootstrap", () => {
    it("takes traffic from the network on one port only, and administers itself on loopback", () => {
        const bootstrap = bootstrapOf("cart", cartAndStock);
        const listeners = at(bootstrap, "static_resources", "listeners") as object[];
        const addresses = listeners.map((listener) => at(listener, "address", "socket_address"));
        expect(addresses).to.deep.equal([
            { address: "0.0.0.0", port_value: 15443 },
            { address: "127.0.0.1", port_value: 9002 },
        ]);
        expect(at(bootstrap, "admin", "address", "socket_address")).to.deep.equal({
            address: "127.0.0.1",
            port_value: 9901,
        });
    });

    it("asks callers for a TLS 1.3 client certificate of its trust domain", () => {
        const listeners = at(bootstrapOf("cart", cartAndStock), "static_resources", "listeners") as object[];
        const tls = at(listeners[0], "filter_chains", 0, "transport_socket", "typed_config");
        expect(at(tls, "require_client_certificate")).to.equal(true);
        expect(at(tls, "common_tls_context", "tls_params")).to.deep.include({
            tls_minimum_protocol_version: "TLSv1_3",
            tls_maximum_protocol_version: "TLSv1_3",
        });
        expect(at(tls, "common_tls_context", "validation_context")).to.deep.equal({
            trusted_ca: { environment_variable: "MESH_TRUST" },
            match_typed_subject_alt_names: [
                { san_type: "URI", matcher: { prefix: "spiffe://shop.internal/" } },
            ],
        });
    });

    it("pins the callee's identity, and shows its own certificate", () => {
        const cluster = clusterOf(bootstrapOf("cart", cartAndStock), "stock");
        const tls = at(cluster, "transport_socket", "typed_config", "common_tls_context");
        expect(at(tls, "validation_context", "match_typed_subject_alt_names")).to.deep.equal([
            { san_type: "URI", matcher: { exact: "spiffe://shop.internal/stock" } },
        ]);
        expect(at(tls, "tls_certificates")).to.deep.equal([
            {
                certificate_chain: { environment_variable: "MESH_CERTIFICATE" },
                private_key: { environment_variable: "MESH_PRIVATE_KEY" },
            },
        ]);
    });

    it("lets declared callers in and nobody else", () => {
        const rules = at(
            connectionManagerOf(bootstrapOf("cart", cartAndStock), "inbound"),
            "http_filters",
            0,
            "typed_config",
            "rules",
        );
        const policy = (caller: string): object => ({
            permissions: [{ any: true }],
            principals: [
                { authenticated: { principal_name: { exact: `spiffe://shop.internal/${caller}` } } },
            ],
        });
        expect(rules).to.deep.equal({
            action: "ALLOW",
            policies: { jobs: policy("jobs"), web: policy("web") },
        });
    });

    it("lets nobody in where nobody is declared", () => {
        const rules = at(
            connectionManagerOf(bootstrapOf("web", cartAndStock), "inbound"),
            "http_filters",
            0,
            "typed_config",
            "rules",
        );
        expect(rules).to.deep.equal({ action: "ALLOW", policies: {} });
    });

    it("believes the identity headers of callers that propagate them, and removes everybody else's", () => {
        const routes = at(
            connectionManagerOf(bootstrapOf("cart", cartAndStock), "inbound"),
            "route_config",
            "virtual_hosts",
            0,
            "routes",
        ) as object[];
        expect(
            routes.map((route) => [at(route, "name"), at(route, "request_headers_to_remove")]),
        ).to.deep.equal([
            ["from web", undefined],
            ["without identity", ["x-user-id", "x-consumer-id"]],
        ]);
    });

    it("opens the circuit after 5 failures for 60 seconds, whatever else could keep it closed", () => {
        const cluster = clusterOf(bootstrapOf("cart", cartAndStock), "stock");
        expect(at(cluster, "outlier_detection")).to.deep.equal({
            consecutive_5xx: 5,
            enforcing_consecutive_5xx: 100,
            consecutive_gateway_failure: 5,
            enforcing_consecutive_gateway_failure: 100,
            interval: "5s",
            base_ejection_time: "60s",
            max_ejection_time: "60s",
            max_ejection_time_jitter: "0s",
            max_ejection_percent: 100,
            successful_active_health_check_uneject_host: false,
            enforcing_success_rate: 0,
            failure_percentage_threshold: 50,
            failure_percentage_minimum_hosts: 1,
            failure_percentage_request_volume: 20,
            enforcing_failure_percentage: 100,
        });
        expect(at(cluster, "common_lb_config")).to.deep.equal({
            healthy_panic_threshold: { value: 0 },
            update_merge_window: "0s",
        });
    });

    it("repeats reads, and writes only where a route says that it is safe", () => {
        const services = {
            cart: { localPort: 9001, calls: ["stock"] },
            stock: { localPort: 9002, safeRepeats: [{ method: "POST" as const, pathPrefix: "/quotes/" }] },
        };
        const manager = connectionManagerOf(bootstrapOf("cart", services), "egress-stock");
        const routes = at(manager, "route_config", "virtual_hosts", 0, "routes") as object[];
        const repeated = routes.map((route) => [
            at(route, "match"),
            at(route, "route", "retry_policy") !== undefined,
        ]);
        expect(repeated).to.deep.equal([
            [{ prefix: "/quotes/", headers: [{ name: ":method", string_match: { exact: "POST" } }] }, true],
            [
                {
                    prefix: "/",
                    headers: [{ name: ":method", string_match: { safe_regex: { regex: "GET|HEAD" } } }],
                },
                true,
            ],
            [{ prefix: "/" }, false],
        ]);
    });

    it("balances each callee as the callee says", () => {
        const services = {
            cart: { localPort: 9001, calls: ["stock", "price"] },
            stock: { localPort: 9002, loadBalancing: "LEAST_REQUEST" as const },
            price: { localPort: 9003 },
        };
        const bootstrap = bootstrapOf("cart", services);
        expect(at(clusterOf(bootstrap, "stock"), "lb_policy")).to.equal("LEAST_REQUEST");
        expect(at(clusterOf(bootstrap, "price"), "lb_policy")).to.equal("ROUND_ROBIN");
    });

    it("speaks to each callee in its protocol", () => {
        const services = {
            cart: { localPort: 9001, calls: ["stock", "price"] },
            stock: { localPort: 9002, protocol: "grpc" as const },
            price: { localPort: 9003, protocol: "http2" as const },
        };
        const bootstrap = bootstrapOf("cart", services);
        const health = (name: string): object => at(clusterOf(bootstrap, name), "health_checks", 0) as object;
        expect(health("stock")).to.have.property("grpc_health_check");
        expect(at(health("price"), "http_health_check", "codec_client_type")).to.equal("HTTP2");
        expect(at(connectionManagerOf(bootstrap, "egress-stock"), "codec_type")).to.equal("HTTP2");
    });

    it("holds each caller to the callee's limits, and not all of them together", () => {
        const limits = { maxConnections: 4, maxPendingRequests: 3, maxRequests: 2000 };
        const services = {
            cart: { localPort: 9001, calls: ["stock"] },
            stock: { localPort: 9002, limits },
        };
        const thresholds = (bootstrap: object, cluster: string): unknown =>
            at(clusterOf(bootstrap, cluster), "circuit_breakers", "thresholds", 0);
        expect(thresholds(bootstrapOf("cart", services), "stock")).to.deep.include({
            max_connections: 4,
            max_pending_requests: 3,
            max_requests: 2000,
        });
        expect(thresholds(bootstrapOf("stock", services), "application")).to.deep.include({
            max_connections: 1024,
            max_pending_requests: 256,
            max_requests: 2000,
        });
    });

    it("moves no port when another callee is added", () => {
        const more = {
            ...cartAndStock,
            price: { localPort: 9000 },
            cart: { localPort: 9001, calls: ["price", "stock"] },
        };
        expect(listenerNames(bootstrapOf("cart", cartAndStock))).to.deep.equal([
            "inbound:15443",
            "egress-stock:9002",
        ]);
        expect(listenerNames(bootstrapOf("cart", more))).to.deep.equal([
            "inbound:15443",
            "egress-price:9000",
            "egress-stock:9002",
        ]);
    });
});
