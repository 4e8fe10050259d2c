import { expect } from "chai";
import { callersOf, type MeshDefinition } from "../../../components/model/mesh";
import { describeIssue } from "../../../components/model/issues";
import { resolveMesh } from "../../../components/model/resolveMesh";

const issuesOf = (definition: MeshDefinition): string[] => resolveMesh(definition).issues.map(describeIssue);

describe("resolveMesh", () => {
    it("fills in ADR-003's numbers", () => {
        const { mesh, issues } = resolveMesh({
            trustDomain: "shop.internal",
            services: { cart: { localPort: 9001 } },
        });
        expect(issues).to.deep.equal([]);
        expect(mesh.services.get("cart")).to.deep.equal({
            name: "cart",
            localPort: 9001,
            protocol: "http",
            loadBalancing: "ROUND_ROBIN",
            calls: [],
            healthPath: "/healthz",
            requestTimeoutSeconds: 15,
            circuitBreaker: { consecutiveFailures: 5, ejectionSeconds: 60 },
            limits: { maxConnections: 1024, maxPendingRequests: 256, maxRequests: 1024 },
            safeRepeats: [],
            propagatesIdentity: false,
            accepts: {},
            foreignCallers: {},
            versions: [{ version: "stable", weight: 100, deployment: "cart" }],
            headerRoutes: [],
            mirrors: [],
        });
    });

    it("derives callers from the call graph and the ingress, sorted", () => {
        const { mesh } = resolveMesh({
            trustDomain: "shop.internal",
            services: {
                web: { localPort: 9003, calls: ["cart"] },
                app: { localPort: 9002, calls: ["cart"], propagatesIdentity: true },
                cart: { localPort: 9001 },
            },
            ingress: [{ api: "carts", service: "cart" }],
        });
        expect(callersOf(mesh, "cart")).to.deep.equal([
            { name: "app", propagatesIdentity: true, requests: [] },
            { name: "ingress", propagatesIdentity: true, requests: [] },
            { name: "web", propagatesIdentity: false, requests: [] },
        ]);
        expect(callersOf(mesh, "web")).to.deep.equal([]);
    });

    it("reports every issue at once, each as path, got and want", () => {
        const definition = {
            trustDomain: "shop",
            services: {
                Cart: { localPort: 80, calls: ["Cart", "unknown"], protocol: "tcp" },
                web: {
                    localPort: 9001,
                    calls: ["app", "app"],
                    loadBalancing: "RANDOM",
                    healthPath: "health",
                    requestTimeoutSeconds: 30,
                    circuitBreaker: { consecutiveFailures: 6, ejectionSeconds: 10 },
                    limits: { maxRequests: 0 },
                },
                app: { localPort: 9001 },
                ingress: { localPort: 9002 },
            },
            ingress: [
                { api: "carts", service: "basket" },
                { api: "carts", service: "web" },
            ],
        } as unknown as MeshDefinition;
        expect(issuesOf(definition)).to.deep.equal([
            'trustDomain is "shop"; use a DNS name of at least two labels, such as "shop.internal"',
            'services.Cart.name is "Cart"; use a DNS label: 1 to 63 lower-case letters, digits or hyphens, beginning with a letter and not ending with a hyphen',
            "services.Cart.localPort is 80; use a whole number from 1024 to 65535 other than 4317, 9901, 13133, 15443",
            'services.Cart.protocol is "tcp"; use one of http, http2, grpc',
            'services.Cart.calls[0] is "Cart"; use another service: a service reaches itself without the mesh',
            'services.Cart.calls[1] is "unknown"; use one of web, app, ingress',
            'services.web.loadBalancing is "RANDOM"; use one of ROUND_ROBIN, LEAST_REQUEST',
            'services.web.healthPath is "health"; use a path that begins with "/"',
            "services.web.requestTimeoutSeconds is 30; use more than 0 and less than 29 seconds, API Gateway's integration limit",
            "services.web.circuitBreaker.consecutiveFailures is 6; use a whole number from 1 to 5 (ADR-003: 5)",
            "services.web.circuitBreaker.ejectionSeconds is 10; use a whole number from 60 to 300 (ADR-003: 60)",
            "services.web.limits.maxRequests is 0; use a whole number of at least 1",
            'services.web.calls[1] is "app"; use each callee once',
            'services.ingress.name is "ingress"; use a name other than "ingress", which is reserved',
            "services.app.localPort is 9001; use a port other than that of web",
            'ingress[0].service is "basket"; use one of Cart, web, app, ingress',
            'ingress[1].api is "carts"; use a name that no other route has',
        ]);
    });

    it("accepts a stricter circuit breaker", () => {
        const circuitBreaker = { consecutiveFailures: 3, ejectionSeconds: 120 };
        const services = { cart: { localPort: 9001, circuitBreaker } };
        const { mesh, issues } = resolveMesh({ trustDomain: "shop.internal", services });
        expect(issues).to.deep.equal([]);
        expect(mesh.services.get("cart")?.circuitBreaker).to.deep.equal(circuitBreaker);
    });

    it("rejects a repeat that is listed twice, or of a method that is repeated anyway", () => {
        const post = { method: "POST", pathPrefix: "/quotes/" };
        const safeRepeats = [
            post,
            { ...post, method: "PUT" },
            { ...post },
            { method: "GET", pathPrefix: "quotes" },
        ];
        const services = { cart: { localPort: 9001, safeRepeats } };
        expect(
            issuesOf({ trustDomain: "shop.internal", services } as unknown as MeshDefinition),
        ).to.deep.equal([
            'services.cart.safeRepeats[2] is "POST /quotes/"; use each method and path once',
            'services.cart.safeRepeats[3].method is "GET"; use one of POST, PUT, PATCH, DELETE',
            'services.cart.safeRepeats[3].pathPrefix is "quotes"; use a path that begins with "/"',
        ]);
    });

    it("rejects misspelt fields, which would leave what they narrow as wide as it is", () => {
        const services = {
            web: { localPort: 9002, calls: ["cart"], circuitBreakers: {} },
            cart: {
                localPort: 9001,
                accepts: { web: [{ method: "GET", path: "/items" }] },
                circuitBreaker: { failures: 3 },
                limits: { maxRequest: 10 },
            },
        };
        const fields =
            "localPort, protocol, loadBalancing, calls, healthPath, requestTimeoutSeconds, circuitBreaker, limits, " +
            "safeRepeats, propagatesIdentity, accepts, foreignCallers, versions, headerRoutes, mirrors";
        expect(
            issuesOf({ trustDomain: "shop.internal", services } as unknown as MeshDefinition),
        ).to.deep.equal([
            `services.web.circuitBreakers is {}; use only ${fields}`,
            "services.cart.circuitBreaker.failures is 3; use only consecutiveFailures, ejectionSeconds",
            "services.cart.limits.maxRequest is 10; use only maxConnections, maxPendingRequests, maxRequests",
            'services.cart.accepts.web[0].method is "GET"; use only methods, path',
        ]);
    });
});
