import { expect } from "chai";
import { sidecarSpec } from "../../../components/mesh/envoy/fromMesh";
import type { JsonObject } from "../../../components/mesh/json";
import { sidecarBootstrap } from "../../../components/mesh/envoy/sidecar";
import { resolveMesh } from "../../../components/model/resolveMesh";
import { meshAuthorization } from "../../../policies/rules/meshAuthorization";
import { meshMtls } from "../../../policies/rules/meshMtls";
import { meshTraffic } from "../../../policies/rules/meshTraffic";
import type { Step } from "../support/edit";
import type { Rule } from "../../../policies/rule";
import { application, ecsService, sidecar } from "../support/shop";
import type { TestResource } from "../support/stack";
import { findings, refusesEach } from "../support/table";

const accepts = { web: [{ methods: ["POST" as const], path: "/charges" }] };
const { mesh } = resolveMesh({
    trustDomain: "shop.internal",
    services: {
        web: { localPort: 9001, calls: ["pay", "log"] },
        log: { localPort: 9003 },
        pay: {
            localPort: 9002,
            versions: { stable: { weight: 90 }, canary: { weight: 10 }, shadow: { weight: 0 } },
            headerRoutes: [{ header: "x-tester", value: "on", version: "canary" }],
            mirrors: [{ version: "shadow", percent: 50 }],
            accepts,
        },
    },
});
const deployments = {
    web: "web",
    log: "log",
    pay: "pay",
    "pay-canary": "pay",
    "pay-shadow": "pay",
};

const bootstrapOf = (name: string): JsonObject =>
    sidecarBootstrap(sidecarSpec(mesh, name, 8080, { memory: 160 }));

/** Every deployment of the mesh, some with bootstraps of the test's own; `registered` is what the mesh says of itself. */
function program(
    changed: Readonly<Record<string, JsonObject>> = {},
    registered: object = {},
): TestResource[] {
    return [
        {
            type: "shop:mesh:ServiceMesh",
            name: "mesh",
            props: {
                trustDomain: "shop.internal",
                callers: { web: [], log: ["web"], pay: ["web"] },
                deployments,
                accepts: { pay: accepts },
                ...registered,
            },
        },
        ...Object.keys(deployments).flatMap((name) =>
            ecsService(name, [application(), sidecar(changed[name] ?? bootstrapOf(name))]),
        ),
    ];
}

const routes: readonly Step[] = [
    "static_resources",
    "listeners",
    "egress-pay",
    "filter_chains",
    0,
    "filters",
    0,
    "typed_config",
    "route_config",
    "virtual_hosts",
    0,
    "routes",
];
const byWeight: readonly Step[] = [...routes, 3, "route"];
const weights: readonly Step[] = [...byWeight, "weighted_clusters", "clusters"];
const mirror: readonly Step[] = [...routes, 2, "route", "request_mirror_policies", 0];
const web = (bootstrap: JsonObject): readonly TestResource[] => program({ web: bootstrap });

describe("Versions of a service, before the policies", () => {
    it("pass every rule of the mesh as generated", async () => {
        for (const rule of [meshAuthorization(), meshMtls(), meshTraffic()]) {
            expect(await findings(rule, program()), rule.id).to.deep.equal([]);
        }
    });

    it("are no versions unless the mesh registered them", async () => {
        const found = await findings(meshMtls(), program({}, { deployments: { pay: "pay" } }));
        expect(found).to.have.length(2);
        expect(found[0]).to.match(/required exactly spiffe:\/\/shop\.internal\/pay-canary \(URI\)$/);
    });

    it("say in their names whose versions they are", async () => {
        const found = await findings(
            meshTraffic(),
            program({}, { deployments: { ...deployments, log: "pay" } }),
        );
        expect(found[0]).to.equal(
            'deployments.log: found "pay"; required the service whose name the version\'s begins with',
        );
    });

    it("get no weight before an ECS service runs them", async () => {
        const found = await findings(
            meshTraffic(),
            program().filter(({ name }) => !name.startsWith("pay-canary")),
        );
        expect(found).to.have.length(2);
        expect(found[0]).to.match(/\.name: found "pay-canary"; required a version that an ECS service runs$/);
    });

    refusesEach(meshTraffic(), bootstrapOf("web"), web, [
        [
            "weights that do not sum to 100",
            [...weights, 0, "weight"],
            80,
            "weighted_clusters: found 90; required weights that sum to 100",
        ],
        [
            "a weight that is not there",
            [...weights, 0, "weight"],
            undefined,
            "found NaN; required weights that sum to 100",
        ],
        [
            "a version of another service",
            [...weights, 1, "name"],
            "log",
            "found pay, log; required versions of one service",
        ],
        [
            "headers added for one version",
            [...weights, 1, "request_headers_to_add"],
            [{ header: { key: "a" } }],
            "required nothing: a version gets what the others get",
        ],
        [
            "weights from runtime",
            [...byWeight, "weighted_clusters", "runtime_key_prefix"],
            "w",
            'found "w"; required nothing: the weights decide',
        ],
        [
            "a cluster that the request chooses",
            [...byWeight, "cluster_header"],
            "x-cluster",
            "required a cluster or weighted_clusters of the bootstrap",
        ],
        [
            "a copy to another service",
            [...mirror, "cluster"],
            "log",
            'found "log"; required a version of pay among the bootstrap\'s clusters',
        ],
        [
            "a copy to a cluster that is not there",
            [...mirror, "cluster"],
            "pay-next",
            "required a version of pay among the bootstrap's clusters",
        ],
        [
            "copies of every method",
            [...byWeight, "request_mirror_policies"],
            [{ cluster: "pay-shadow" }],
            "found copies of other methods; required a route that matches GET or HEAD only, or one listed in safeRepeats",
        ],
        [
            "copies for a whole route table",
            [...routes.slice(0, -1), "request_mirror_policies"],
            [{ cluster: "pay-shadow" }],
            "required nothing: routes that read have their own",
        ],
    ]);
});

describe("Repeats of what is not a read, before mesh-traffic", () => {
    const quotes = { method: "POST" as const, pathPrefix: "/quotes/" };
    const { mesh: quoting } = resolveMesh({
        trustDomain: "shop.internal",
        services: {
            web: { localPort: 9001, calls: ["pay", "log"] },
            log: { localPort: 9003 },
            pay: { localPort: 9002, versions: { stable: { weight: 100 } }, safeRepeats: [quotes] },
        },
    });
    const bootstrap = sidecarBootstrap(sidecarSpec(quoting, "web", 8080, { memory: 160 }));
    const review = { reason: "A quote changes nothing", owner: "shop", reviewBy: "2099-12-31" };

    async function found(safeRepeats: readonly object[]): Promise<readonly string[]> {
        const rule = meshTraffic();
        const configured: Rule = { ...rule, checks: (stack) => rule.checks(stack, { safeRepeats }) };
        return findings(configured, web(bootstrap));
    }

    it("need an entry for service, method and path", async () => {
        const refused =
            /route\.retry_policy: found repeats of other methods; required a route that matches GET or HEAD only, or one listed in safeRepeats$/;
        const [first, ...others] = await found([]);
        expect(first).to.match(refused);
        expect(others).to.be.empty;
        expect(await found([{ service: "pay", ...quotes, ...review }])).to.deep.equal([]);
        for (const other of [
            { service: "log", ...quotes },
            { service: "pay", ...quotes, method: "PUT" },
            { service: "pay", ...quotes, pathPrefix: "/q" },
        ]) {
            const [refusal, stale] = await found([{ ...other, ...review }]);
            expect(refusal).to.match(refused);
            expect(stale).to.match(/found nothing that needs it; required its removal$/);
        }
    });

    it("need a review that is not overdue", async () => {
        const [overdue] = await found([{ service: "pay", ...quotes, ...review, reviewBy: "2020-01-01" }]);
        expect(overdue).to.equal(
            'safeRepeats "pay POST /quotes/": found a review due on 2020-01-01; required a day that is not past',
        );
    });
});

const policies: readonly Step[] = [
    "static_resources",
    "listeners",
    "inbound",
    "filter_chains",
    0,
    "filters",
    0,
    "typed_config",
    "http_filters",
    0,
    "typed_config",
    "rules",
    "policies",
];
const permissions: readonly Step[] = [...policies, "web", "permissions"];
const request: readonly Step[] = [...permissions, 0, "and_rules", "rules"];
const declared = "required for web exactly POST /charges";

describe("Narrowed callers, before mesh-authorization", () => {
    refusesEach(meshAuthorization(), bootstrapOf("pay"), (bootstrap) => program({ pay: bootstrap }), [
        ["every request", permissions, [{ any: true }], `found requests that cannot be told; ${declared}`],
        [
            "another method",
            [...request, 0, "header", "string_match", "safe_regex", "regex"],
            "POST|GET",
            `found POST|GET /charges; only /healthz; ${declared}`,
        ],
        ["any method", [...request, 0], undefined, `found any method /charges; only /healthz; ${declared}`],
        [
            "a wider path",
            [...request, 1, "url_path", "path", "safe_regex", "regex"],
            "/(.*)?",
            `found requests that cannot be told; only /healthz; ${declared}`,
        ],
        [
            "a path by its beginning",
            [...request, 1, "url_path", "path"],
            { prefix: "/charges" },
            `found requests that cannot be told; only /healthz; ${declared}`,
        ],
        [
            "the opposite of a method",
            [...request, 0, "header", "invert_match"],
            true,
            `found requests that cannot be told; only /healthz; ${declared}`,
        ],
        [
            "another path than the health check's",
            [...permissions, 1, "url_path", "path", "exact"],
            "/refunds",
            `found POST /charges; only /refunds; ${declared}`,
        ],
        [
            "the caller once more, with everything",
            [...policies, "again"],
            {
                permissions: [{ any: true }],
                principals: [{ authenticated: { principal_name: { exact: "spiffe://shop.internal/web" } } }],
            },
            `found POST /charges; only /healthz; requests that cannot be told; ${declared}`,
        ],
    ]);
});
