import { expect } from "chai";
import { describeIssue } from "../../../components/model/issues";
import { callersOf, type MeshServiceDefinition } from "../../../components/model/mesh";
import { resolveMesh } from "../../../components/model/resolveMesh";

type Definition = Omit<MeshServiceDefinition, "localPort">;

const meshOf = (cart: Definition, others: Record<string, MeshServiceDefinition> = {}) =>
    resolveMesh({
        trustDomain: "shop.internal",
        services: {
            web: { localPort: 9000, calls: ["cart"] },
            cart: { localPort: 9001, ...cart },
            ...others,
        },
    });
const issuesOf = (...args: Parameters<typeof meshOf>): string[] => meshOf(...args).issues.map(describeIssue);

describe("Versions of a service", () => {
    it("are deployments beside the service's own, with its identity", () => {
        const { mesh, issues } = meshOf({ versions: { canary: { weight: 10 }, stable: { weight: 90 } } });
        expect(issues).to.deep.equal([]);
        expect(mesh.services.get("cart")?.versions).to.deep.equal([
            { version: "stable", weight: 90, deployment: "cart" },
            { version: "canary", weight: 10, deployment: "cart-canary" },
        ]);
        expect([...mesh.deployments].map(([name, service]) => [name, service.name])).to.deep.equal([
            ["web", "web"],
            ["cart", "cart"],
            ["cart-canary", "cart"],
        ]);
    });

    it("have weights that sum to 100", () => {
        expect(issuesOf({ versions: { stable: { weight: 80 }, canary: { weight: 10 } } })).to.deep.equal([
            'services.cart.versions is "weights that sum to 90"; use weights that sum to 100',
        ]);
    });

    it("have names of their own, whole weights, and a stable one among them", () => {
        const others = {
            "cart-next": { localPort: 9002 },
            "cart-next-b": { localPort: 9003, versions: { stable: { weight: 100 }, c: { weight: 0 } } },
        };
        expect(
            issuesOf(
                { versions: { next: { weight: 50.5 }, "next-b-c": { weight: 49.5 }, V2: { weight: 0 } } },
                others,
            ),
        ).to.deep.equal([
            'services.cart.versions.stable is missing; use a version "stable": the tasks that have the service\'s own name',
            'services.cart.versions.next is "cart-next"; use a name that no other deployment has',
            "services.cart.versions.next.weight is 50.5; use a whole number from 0 to 100",
            'services.cart.versions.next-b-c is "cart-next-b-c"; use a name that no other deployment has',
            "services.cart.versions.next-b-c.weight is 49.5; use a whole number from 0 to 100",
            'services.cart.versions.V2 is "cart-V2"; use a DNS label: 1 to 63 lower-case letters, digits or hyphens, beginning with a letter and not ending with a hyphen',
            'services.cart-next-b.versions.c is "cart-next-b-c"; use a name that no other deployment has',
        ]);
    });

    it("are chosen by headers that carry nothing else", () => {
        const route = (header: string, value: string, version = "canary") => ({ header, value, version });
        const versions = { stable: { weight: 100 }, canary: { weight: 0 } };
        expect(issuesOf({ versions, headerRoutes: [route("x-tester", "on")] })).to.deep.equal([]);
        const headerRoutes = [
            route("x-user-id", "ada"),
            route("X-Tester", "on"),
            route("x-a", " "),
            route("x-b", "1", "v9"),
            route("x-b", "1"),
        ];
        const wantHeader =
            "a header's name in lower case, none that carries an identity, a credential or the proxies' own words";
        expect(issuesOf({ versions, headerRoutes })).to.deep.equal([
            `services.cart.headerRoutes[0].header is "x-user-id"; use ${wantHeader}`,
            `services.cart.headerRoutes[1].header is "X-Tester"; use ${wantHeader}`,
            'services.cart.headerRoutes[2].value is " "; use visible characters',
            'services.cart.headerRoutes[3].version is "v9"; use one of stable, canary',
            'services.cart.headerRoutes[4] is "x-b: 1"; use each header\'s value once',
        ]);
    });

    it("get copies only where they have no weight", () => {
        const versions = { stable: { weight: 90 }, canary: { weight: 10 }, shadow: { weight: 0 } };
        expect(issuesOf({ versions, mirrors: [{ version: "shadow", percent: 100 }] })).to.deep.equal([]);
        const mirrors = [
            { version: "canary", percent: 10 },
            { version: "shadow", percent: 0 },
            { version: "shadow", percent: 10 },
        ];
        expect(issuesOf({ versions, mirrors })).to.deep.equal([
            'services.cart.mirrors[0].version is "canary"; use a version of weight 0, or it would see a request twice',
            "services.cart.mirrors[1].percent is 0; use a whole number from 1 to 100",
            'services.cart.mirrors[2].version is "shadow"; use each version once',
        ]);
    });
});

describe("What a caller may ask for", () => {
    it("is part of what the callee knows of the caller, the ingress included", () => {
        const accepts = { ingress: [{ path: "/carts" }] };
        const { mesh } = resolveMesh({
            trustDomain: "shop.internal",
            services: { web: { localPort: 9000, calls: ["cart"] }, cart: { localPort: 9001, accepts } },
            ingress: [{ api: "carts", service: "cart" }],
        });
        expect(callersOf(mesh, "cart").map(({ name, requests }) => [name, requests])).to.deep.equal([
            ["ingress", [{ path: "/carts" }]],
            ["web", []],
        ]);
    });

    it("is narrowed for declared callers, with methods and clean paths", () => {
        const accepts = { web: [{ methods: ["GET", "POST"] as const, path: "/carts" }, { path: "/a.b/c" }] };
        expect(issuesOf({ accepts })).to.deep.equal([]);
        const bad = {
            web: [
                {},
                { methods: [] },
                { methods: ["get", "GET", "GET"] },
                { path: "/a/" },
                { path: "/a/../b" },
            ],
            jobs: [],
        } as unknown as Definition["accepts"];
        const wantPath = 'use a path without query and without "/" at its end, such as "/charges"';
        expect(issuesOf({ accepts: bad! })).to.deep.equal([
            "services.cart.accepts.web[0] is {}; use methods, a path or both; a caller that may send everything is not named",
            "services.cart.accepts.web[1].methods is []; use at least one method, or leave methods out for every method",
            'services.cart.accepts.web[2].methods[0] is "get"; use one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
            'services.cart.accepts.web[2].methods[2] is "GET"; use each method once',
            `services.cart.accepts.web[3].path is "/a/"; ${wantPath}`,
            `services.cart.accepts.web[4].path is "/a/../b"; ${wantPath}`,
            'services.cart.accepts.jobs is "jobs"; use a declared caller: web',
            "services.cart.accepts.jobs is []; use at least one request; take the service out of the caller's calls to refuse everything",
        ]);
    });
});

describe("A service that speaks gRPC", () => {
    it("is not behind a public API", () => {
        const { issues } = resolveMesh({
            trustDomain: "shop.internal",
            services: { stock: { localPort: 9001, protocol: "grpc" } },
            ingress: [{ api: "stock", service: "stock" }],
        });
        expect(issues.map(describeIssue)).to.deep.equal([
            'ingress[0].service is "stock"; use a service that speaks http or http2: API Gateway\'s REST APIs carry no gRPC',
        ]);
    });
});
