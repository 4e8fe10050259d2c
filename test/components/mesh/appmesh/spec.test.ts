import { expect } from "chai";
import { gatewayRoutesOf, virtualGatewaySpec } from "../../../../components/mesh/appmesh/spec/gateway";
import { routesOf, virtualRouterSpec } from "../../../../components/mesh/appmesh/spec/routes";
import { virtualNodeSpec } from "../../../../components/mesh/appmesh/spec/virtualNode";
import { serviceOf } from "../../../../components/model/mesh";
import { resolved } from "./meshes";

const seconds = (value: number): object => ({ unit: "s", value });
const milliseconds = (value: number): object => ({ unit: "ms", value });
const own = {
    file: {
        certificateChain: "/dev/shm/mesh/certificate.pem",
        privateKey: "/dev/shm/mesh/private-key.pem",
    },
};
const peers = (...names: readonly string[]): object => ({
    trust: { file: { certificateChain: "/dev/shm/mesh/trust.pem" } },
    subjectAlternativeNames: { match: { exacts: names.map((name) => `spiffe://shop.internal/${name}`) } },
});
const logging = {
    accessLog: {
        file: {
            path: "/dev/stdout",
            format: {
                jsons: [
                    { key: "time", value: "%START_TIME%" },
                    { key: "listener", value: "%FILTER_CHAIN_NAME%" },
                    { key: "requestId", value: "%REQ(X-REQUEST-ID)%" },
                    { key: "traceId", value: "%TRACE_ID%" },
                    { key: "method", value: "%REQ(:METHOD)%" },
                    { key: "status", value: "%RESPONSE_CODE%" },
                    { key: "flags", value: "%RESPONSE_FLAGS%" },
                    { key: "details", value: "%RESPONSE_CODE_DETAILS%" },
                    { key: "caller", value: "%DOWNSTREAM_PEER_URI_SAN%" },
                    { key: "upstream", value: "%UPSTREAM_CLUSTER%" },
                    { key: "host", value: "%UPSTREAM_HOST%" },
                    { key: "attempts", value: "%UPSTREAM_REQUEST_ATTEMPT_COUNT%" },
                    { key: "durationMs", value: "%DURATION%" },
                    { key: "bytesIn", value: "%BYTES_RECEIVED%" },
                    { key: "bytesOut", value: "%BYTES_SENT%" },
                ],
            },
        },
    },
};
const listener = (caller: string, timeout: object): object => ({
    portMapping: { port: 8080, protocol: "http" },
    tls: { mode: "STRICT", certificate: own, validation: peers(caller) },
    healthCheck: {
        protocol: "http",
        path: "/healthz",
        healthyThreshold: 2,
        unhealthyThreshold: 2,
        intervalMillis: 5000,
        timeoutMillis: 2000,
    },
    outlierDetection: {
        maxServerErrors: 5,
        interval: seconds(5),
        baseEjectionDuration: seconds(60),
        maxEjectionPercent: 100,
    },
    connectionPool: { https: [{ maxConnections: 1024, maxPendingRequests: 256 }] },
    timeout: { http: timeout },
});

describe("App Mesh's specs", () => {
    const mesh = resolved();

    it("make of a service a virtual node that its callers alone may enter, and that reaches its callees alone", () => {
        const timeout = { idle: milliseconds(9000), perRequest: milliseconds(9000) };
        expect(virtualNodeSpec(mesh, "cart")).to.deep.equal({
            listeners: [listener("ingress", timeout)],
            backends: [
                {
                    virtualService: {
                        virtualServiceName: "stock.shop.internal",
                        clientPolicy: {
                            tls: {
                                enforce: true,
                                ports: [8080],
                                certificate: own,
                                validation: peers("stock"),
                            },
                        },
                    },
                },
            ],
            serviceDiscovery: { awsCloudMap: { namespaceName: "shop.internal", serviceName: "cart" } },
            logging,
        });
    });

    it("give a version its service's callers, and an address of its own", () => {
        const timeout = { idle: milliseconds(15_000), perRequest: milliseconds(15_000) };
        expect(virtualNodeSpec(mesh, "stock-canary")).to.deep.equal({
            listeners: [listener("cart", timeout)],
            backends: [],
            serviceDiscovery: {
                awsCloudMap: { namespaceName: "shop.internal", serviceName: "stock-canary" },
            },
            logging,
        });
    });

    it("let nobody but a service itself into one that nobody calls", () => {
        const alone = resolved({ services: { cart: { localPort: 9001 }, stock: { localPort: 9002 } } });
        const [own_] = virtualNodeSpec(alone, "stock").listeners;
        expect(own_?.tls.validation).to.deep.equal(peers("stock"));
    });

    it("bound what one caller may have with what all may have, by what the protocol counts", () => {
        const limits = { maxConnections: 2000, maxPendingRequests: 300, maxRequests: 1500 };
        const pool = (protocol: "http" | "http2" | "grpc"): unknown => {
            const services = {
                cart: { localPort: 9001, calls: ["stock"] },
                stock: { localPort: 9002, protocol, limits },
            };
            return virtualNodeSpec(resolved({ services }), "stock").listeners[0]?.connectionPool;
        };
        expect(pool("http")).to.deep.equal({ https: [{ maxConnections: 1500, maxPendingRequests: 300 }] });
        expect(pool("http2")).to.deep.equal({ http2s: [{ maxRequests: 1500 }] });
        expect(pool("grpc")).to.deep.equal({ grpcs: [{ maxRequests: 1500 }] });
    });

    it("route by header before weight, and repeat what is safe to repeat and nothing else", () => {
        const stock = serviceOf(mesh, "stock");
        const timeout = { idle: milliseconds(15_000), perRequest: milliseconds(15_000) };
        const repeated = {
            maxRetries: 2,
            perRetryTimeout: milliseconds(5000),
            httpRetryEvents: ["server-error", "stream-error"],
            tcpRetryEvents: ["connection-error"],
        };
        const once = {
            maxRetries: 0,
            perRetryTimeout: milliseconds(5000),
            tcpRetryEvents: ["connection-error"],
        };
        const toCanary = [{ virtualNode: "stock-canary", weight: 100, port: 8080 }];
        const byWeight = [
            { virtualNode: "stock", weight: 90, port: 8080 },
            { virtualNode: "stock-canary", weight: 10, port: 8080 },
        ];
        const headers = [{ name: "x-tester", match: { exact: "yes please" } }];
        const route = (
            name: string,
            priority: number,
            match: object,
            weightedTargets: object[],
            retryPolicy: object,
        ): object => ({
            name: `stock-${name}`,
            spec: {
                priority,
                httpRoute: {
                    match: { ...match, port: 8080 },
                    action: { weightedTargets },
                    retryPolicy,
                    timeout,
                },
            },
        });
        expect(virtualRouterSpec(stock)).to.deep.equal({
            listeners: [{ portMapping: { port: 8080, protocol: "http" } }],
        });
        expect(routesOf(stock)).to.deep.equal([
            route(
                "post_at_.quotes._if_x-tester_is_yes_20please",
                0,
                { prefix: "/quotes/", method: "POST", headers },
                toCanary,
                repeated,
            ),
            route(
                "get_if_x-tester_is_yes_20please",
                1,
                { prefix: "/", method: "GET", headers },
                toCanary,
                repeated,
            ),
            route(
                "head_if_x-tester_is_yes_20please",
                2,
                { prefix: "/", method: "HEAD", headers },
                toCanary,
                repeated,
            ),
            route("rest_if_x-tester_is_yes_20please", 3, { prefix: "/", headers }, toCanary, once),
            route("post_at_.quotes.", 4, { prefix: "/quotes/", method: "POST" }, byWeight, repeated),
            route("get", 5, { prefix: "/", method: "GET" }, byWeight, repeated),
            route("head", 6, { prefix: "/", method: "HEAD" }, byWeight, repeated),
            route("rest", 7, { prefix: "/" }, byWeight, once),
        ]);
    });

    it("name a route after what it is for: no two routes have one name", () => {
        const names = (values: readonly string[], paths: readonly string[]): readonly string[] =>
            routesOf({
                ...serviceOf(mesh, "stock"),
                headerRoutes: values.map((value) => ({ header: "x-tester", value, version: "canary" })),
                safeRepeats: paths.map((pathPrefix) => ({ method: "POST", pathPrefix })),
            }).map(({ name }) => name);
        const values = ["a b", "a-b", "a/b", "a.b", "a_20b", "a--b", "a-b-", "A-b"];
        const paths = ["/a/b", "/a-b", "/a.b", "/a/b/", "/a_if_x-tester_is_b", "/ä"];
        const all = names(values, paths);
        expect(all).to.have.length((values.length + 1) * (paths.length + 3));
        expect(new Set(all).size).to.equal(all.length);
        expect(names(["a b"], ["/ä"])).to.include("stock-post_at_._c3_a4_if_x-tester_is_a_20b");
    });

    it("let API Gateway's certificate alone into the virtual gateway", () => {
        expect(virtualGatewaySpec(mesh)).to.deep.equal({
            listeners: [
                {
                    portMapping: { port: 8080, protocol: "http" },
                    tls: {
                        mode: "STRICT",
                        certificate: {
                            file: {
                                certificateChain: "/dev/shm/mesh/gateway-certificate.pem",
                                privateKey: "/dev/shm/mesh/gateway-private-key.pem",
                            },
                        },
                        validation: {
                            trust: { file: { certificateChain: "/dev/shm/mesh/gateway-trust.pem" } },
                        },
                    },
                    connectionPool: { http: { maxConnections: 1024, maxPendingRequests: 256 } },
                },
            ],
            backendDefaults: {
                clientPolicy: {
                    tls: { enforce: true, ports: [8080], certificate: own, validation: peers("cart") },
                },
            },
            logging,
        });
    });

    it("take an API's path as it is, and behind a stage without the stage", () => {
        const target = { virtualService: { virtualServiceName: "cart.shop.internal" } };
        expect(gatewayRoutesOf(mesh)).to.deep.equal([
            {
                name: "carts",
                spec: {
                    httpRoute: {
                        match: { prefix: "/carts" },
                        action: { target, rewrite: { prefix: { defaultPrefix: "DISABLED" } } },
                    },
                },
            },
            {
                name: "v1-carts",
                spec: {
                    httpRoute: {
                        match: { prefix: "/v1/carts" },
                        action: { target, rewrite: { prefix: { value: "/carts" } } },
                    },
                },
            },
        ]);
    });
});
