import { expect } from "chai";
import { envoyDataPlane } from "../../../../components/mesh/envoy/dataPlane";
import { ingressSpec } from "../../../../components/mesh/envoy/fromMesh";
import { ingressBootstrap } from "../../../../components/mesh/envoy/ingress";
import { resolveIngress } from "../../../../components/mesh/resolveIngress";
import type { SharedLimit } from "../../../../components/mesh/envoy/spec";
import { describeIssue } from "../../../../components/model/issues";
import { callersOf } from "../../../../components/model/mesh";
import { resolveMesh } from "../../../../components/model/resolveMesh";
import { at, clusterOf, connectionManagerOf } from "./reading";

const definition = {
    trustDomain: "shop.internal",
    services: { cart: { localPort: 9001 } },
    ingress: [{ api: "carts", service: "cart" }],
};
const { mesh } = resolveMesh({ ...definition, userLimiter: true });
const rateLimit = { requestsPerMinute: 1000, burst: 100, tasks: 2, users: 5000 };

function filtersOf(shared?: SharedLimit): readonly object[] {
    const spec = ingressSpec(mesh, { rateLimit, allowedOrigins: [], memory: 384 }, shared);
    return at(connectionManagerOf(ingressBootstrap(spec), "ingress"), "http_filters") as object[];
}

const typesOf = (filters: readonly object[]): readonly string[] =>
    filters.map(
        (filter) =>
            String(at(filter, "typed_config", "@type"))
                .split(".")
                .at(-1) ?? "",
    );

describe("An ingress that shares its limit", () => {
    it("asks the limiter, and holds what that did not answer by the share that it would hold alone", () => {
        const filters = filtersOf({ onFailure: "local" });
        expect(typesOf(filters)).to.deep.equal([
            "Cors",
            "RBAC",
            "RateLimit",
            "ExtensionWithMatcher",
            "Buffer",
            "Router",
        ]);
        expect(at(filters[2], "typed_config", "failure_mode_deny")).to.equal(false);
        expect(at(filters[3], "typed_config", "extension_config")).to.deep.equal(filtersOf()[2]);
    });

    it("refuses what the limiter did not answer, where the stack says so", () => {
        const filters = filtersOf({ onFailure: "refuse" });
        expect(typesOf(filters)).to.deep.equal(["Cors", "RBAC", "RateLimit", "Buffer", "Router"]);
        expect(at(filters[2], "typed_config")).to.deep.include({
            failure_mode_deny: true,
            status_on_error: { code: "ServiceUnavailable" },
        });
    });

    it("counts by what it would count by alone", () => {
        const [, , shared] = filtersOf({ onFailure: "local" });
        const [, , alone] = filtersOf();
        expect(at(shared, "typed_config", "rate_limits")).to.deep.equal(
            at(alone, "typed_config", "rate_limits"),
        );
    });

    it("reaches the limiter as it reaches every service: mutual TLS, its identity, a circuit breaker", () => {
        const shared: SharedLimit = { onFailure: "local" };
        const spec = ingressSpec(mesh, { rateLimit, allowedOrigins: [], memory: 384 }, shared);
        const cluster = clusterOf(ingressBootstrap(spec), "user-limiter");
        const names = ["common_tls_context", "validation_context", "match_typed_subject_alt_names"];
        expect(at(cluster, "transport_socket", "typed_config", ...names)).to.deep.equal([
            { san_type: "URI", matcher: { exact: "spiffe://shop.internal/user-limiter" } },
        ]);
        expect(at(cluster, "outlier_detection", "consecutive_5xx")).to.equal(5);
    });
});

describe("The limiter of a mesh", () => {
    it("lets the ingress in, and nobody else", () => {
        expect(callersOf(mesh, "user-limiter").map(({ name }) => name)).to.deep.equal(["ingress"]);
    });

    it("is no member of a mesh that has none, and no service's name", () => {
        expect([...resolveMesh(definition).mesh.services.keys()]).to.deep.equal(["cart"]);
        const { issues } = resolveMesh({ ...definition, services: { "user-limiter": { localPort: 9001 } } });
        expect(issues.map(describeIssue)[0]).to.equal(
            'services.user-limiter.name is "user-limiter"; use a name other than "user-limiter", which is reserved',
        );
    });

    it("is asked by the ingress exactly where the mesh has it", () => {
        const issuesOf = (of: typeof mesh, shared?: SharedLimit): readonly string[] =>
            resolveIngress(shared === undefined ? {} : { rateLimit: { shared } }, {
                mesh: of,
                dataPlane: envoyDataPlane,
                prefix: "shop-test",
                proxy: { image: "envoy:v1.40.0", memory: 160, concurrency: 1 },
                logs: { group: "/shop/mesh/ingress", region: "eu-central-1" },
                secrets: {},
            }).issues.map(describeIssue);
        expect(issuesOf(mesh, { onFailure: "local" })).to.deep.equal([]);
        expect(issuesOf(mesh)).to.deep.equal([
            "rateLimit.shared is missing; use an object with onFailure: the mesh has a userLimiter",
        ]);
        expect(issuesOf(resolveMesh(definition).mesh, { onFailure: "local" })).to.deep.equal([
            'rateLimit.shared is "local"; use nothing, or userLimiter of the mesh',
        ]);
        expect(issuesOf(mesh, { onFailure: "open" as "local" })).to.deep.equal([
            'rateLimit.shared.onFailure is "open"; use one of local, refuse',
        ]);
    });
});
