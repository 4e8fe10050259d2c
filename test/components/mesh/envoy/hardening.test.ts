import { expect } from "chai";
import { ingressSpec, sidecarSpec } from "../../../../components/mesh/envoy/fromMesh";
import { ingressBootstrap } from "../../../../components/mesh/envoy/ingress";
import type { JsonObject } from "../../../../components/mesh/json";
import { sidecarBootstrap } from "../../../../components/mesh/envoy/sidecar";
import { resolveMesh } from "../../../../components/model/resolveMesh";

const { mesh } = resolveMesh({
    trustDomain: "shop.internal",
    services: {
        cart: { localPort: 9001, calls: ["stock"] },
        stock: { localPort: 9002, protocol: "grpc" },
    },
    ingress: [{ api: "carts", service: "cart" }],
});
const size = { memory: 160, telemetry: { tracedPercent: 5 } };
const bootstraps: Readonly<Record<string, JsonObject>> = {
    "a sidecar": sidecarBootstrap(sidecarSpec(mesh, "cart", 8080, size)),
    "the ingress": ingressBootstrap(
        ingressSpec(mesh, {
            ...size,
            rateLimit: { requestsPerMinute: 1000, burst: 100, tasks: 2, users: 100_000 },
            allowedOrigins: [],
        }),
    ),
};

/** Every message of a type that stands anywhere in it, or of any type with that field. */
function messages(value: unknown, matches: (message: JsonObject) => boolean): readonly JsonObject[] {
    if (Array.isArray(value)) {
        return value.flatMap((item) => messages(item, matches));
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const message = value as JsonObject;
    return [
        ...(matches(message) ? [message] : []),
        ...Object.values(message).flatMap((field) => messages(field, matches)),
    ];
}

function ofType(bootstrap: JsonObject, type: string): readonly JsonObject[] {
    return messages(bootstrap, ({ "@type": url }) => typeof url === "string" && url.endsWith(`.${type}`));
}

/** Envoy's guide "Configuring Envoy as an edge proxy", item by item: docs/decisions/0029-hardening.md. */
for (const [what, bootstrap] of Object.entries(bootstraps)) {
    describe(`Envoy's edge guide, at ${what}`, () => {
        const managers = ofType(bootstrap, "HttpConnectionManager");
        const { listeners, clusters } = bootstrap.static_resources as unknown as {
            readonly listeners: readonly JsonObject[];
            readonly clusters: readonly JsonObject[];
        };

        it("keeps the administration interface on loopback, and lets nobody change anything but the health", () => {
            expect(bootstrap.admin).to.deep.equal({
                address: { socket_address: { address: "127.0.0.1", port_value: 9901 } },
                allow_paths: [
                    { exact: "/ready" },
                    { exact: "/healthcheck/fail" },
                    { prefix: "/stats" },
                    { prefix: "/clusters" },
                ],
            });
        });

        it("sheds load before it runs out of memory, and bounds connections", () => {
            const manager = JSON.stringify(bootstrap.overload_manager);
            for (const part of [
                "max_heap_size_bytes",
                "max_active_downstream_connections",
                "shrink_heap",
                "disable_http_keepalive",
                "stop_accepting_requests",
            ]) {
                expect(manager).to.contain(part);
            }
        });

        it("bounds the buffers of every listener and cluster", () => {
            const limit = "per_connection_buffer_limit_bytes";
            expect(listeners.map((listener) => listener[limit])).to.deep.equal(listeners.map(() => 32_768));
            const others = clusters.filter(({ name }) => name !== "telemetry");
            expect(others.map((cluster) => cluster[limit])).to.deep.equal(others.map(() => 32_768));
            expect(clusters.every((cluster) => typeof cluster[limit] === "number")).to.equal(true);
        });

        it("believes no address, path, header or request without end", () => {
            expect(managers).to.have.length(listeners.length);
            for (const manager of managers) {
                expect(manager).to.deep.include({
                    use_remote_address: true,
                    normalize_path: true,
                    merge_slashes: true,
                    path_with_escaped_slashes_action: "REJECT_REQUEST",
                });
                expect(manager.common_http_protocol_options).to.deep.include({
                    headers_with_underscores_action: "REJECT_REQUEST",
                    idle_timeout: "60s",
                });
                for (const timeout of ["request_timeout", "stream_idle_timeout", "request_headers_timeout"]) {
                    expect(manager[timeout], timeout).to.match(/^[1-9]\d*s$/);
                }
            }
        });

        it("takes from a request what steers the router, before anything reads it", () => {
            const removed = ofType(bootstrap, "HeaderMutation").map(({ mutations }) => mutations);
            const steering = { remove_on_match: { key_matcher: { prefix: "x-envoy-" } } };
            const traces = ["traceparent", "tracestate", "x-client-trace-id"].map((remove) => ({ remove }));
            const expected = what === "the ingress" ? [steering, ...traces] : [steering];
            expect(removed).to.deep.equal(managers.map(() => expected));
        });

        it("bounds HTTP/2 streams and windows, towards both sides", () => {
            const limits = { max_concurrent_streams: 100, initial_stream_window_size: 65_536 };
            const options = messages(bootstrap, (message) => "http2_protocol_options" in message);
            expect(options.length).to.be.at.least(managers.length);
            for (const { http2_protocol_options: http2 } of options) {
                expect(http2).to.deep.include({ ...limits, initial_connection_window_size: 1_048_576 });
            }
        });
    });
}
