import { expect } from "chai";
import { gatewayRoutesOf, virtualGatewaySpec } from "../../../../components/mesh/appmesh/spec/gateway";
import { routesOf, virtualRouterSpec } from "../../../../components/mesh/appmesh/spec/routes";
import { virtualNodeSpec } from "../../../../components/mesh/appmesh/spec/virtualNode";
import type { ResolvedMesh } from "../../../../components/model/mesh";
import { resolveMesh } from "../../../../components/model/resolveMesh";
import { apis, services } from "../../../../stacks/catalogue";
import { appMeshDataPlane } from "../../../../components/mesh/appmesh/dataPlane";
import { serviceShapes, violations, type Shapes } from "../../../support/awsModel/serviceModel";
import { resolved } from "./meshes";

/** Lists which the provider names in the plural; of these, those that are single structures in the API. */
const renamed: Readonly<Record<string, string>> = {
    exacts: "exact",
    jsons: "json",
    metadatas: "metadata",
    https: "http",
    http2s: "http2",
    grpcs: "grpc",
};
const single = new Set(["https", "http2s", "grpcs"]);

/** A spec as the API has it. */
function asApi(spec: unknown): unknown {
    if (Array.isArray(spec)) {
        return spec.map(asApi);
    }
    if (typeof spec !== "object" || spec === null) {
        return spec;
    }
    return Object.fromEntries(
        Object.entries(spec).map(([field, value]) => {
            const inner: unknown = single.has(field) ? (value as unknown[])[0] : value;
            return [renamed[field] ?? field, asApi(inner)];
        }),
    );
}

/** Every spec that a mesh is made of, with its shape. */
function specsOf(mesh: ResolvedMesh): readonly (readonly [string, unknown])[] {
    return [
        ["MeshSpec", { egressFilter: { type: "DROP_ALL" } }],
        ...[...mesh.deployments.keys()].map(
            (each) => ["VirtualNodeSpec", virtualNodeSpec(mesh, each)] as const,
        ),
        ...[...mesh.services.values()].flatMap((service) => [
            ["VirtualRouterSpec", virtualRouterSpec(service)] as const,
            ...routesOf(service).map(({ spec }) => ["RouteSpec", spec] as const),
        ]),
        ["VirtualGatewaySpec", virtualGatewaySpec(mesh)],
        ...gatewayRoutesOf(mesh).map(({ spec }) => ["GatewayRouteSpec", spec] as const),
    ];
}

function shop(): ResolvedMesh {
    const ingress = Object.entries(apis).map(([api, { service, contracts }]) => ({
        api,
        service,
        stages: Object.keys(contracts),
    }));
    return appMeshDataPlane.carried(resolveMesh({ trustDomain: "shop.internal", services, ingress }).mesh);
}

/** The API's own model of 2019-01-25; how App Mesh behaves it does not say, and nobody can ask it any more. */
describe("App Mesh's service model", () => {
    let shapes: Shapes;
    before(async () => {
        shapes = await serviceShapes("appmesh", "2019-01-25");
    });

    const meshes: Readonly<Record<string, () => ResolvedMesh>> = {
        "the shop": shop,
        "a mesh with versions": resolved,
        "a mesh that speaks http2": () =>
            resolved({ services: { cart: { localPort: 9001, protocol: "http2" } } }),
        "a mesh with gRPC inside": () =>
            resolved({
                services: {
                    cart: { localPort: 9001, calls: ["stock"] },
                    stock: {
                        localPort: 9002,
                        protocol: "grpc",
                        versions: { stable: { weight: 100 }, canary: { weight: 0 } },
                        headerRoutes: [{ header: "x-tester", value: "yes", version: "canary" }],
                    },
                },
            }),
    };
    for (const [title, make] of Object.entries(meshes)) {
        it(`accepts every spec of ${title}`, () => {
            const found = specsOf(make()).flatMap(([shape, spec]) => violations(shapes, shape, asApi(spec)));
            expect(found).to.deep.equal([]);
        });
    }

    it("has the ranges and enumerations that this test relies on", () => {
        const node = asApi(virtualNodeSpec(resolved(), "stock")) as {
            listeners: { healthCheck: Record<string, unknown>; tls: Record<string, unknown> }[];
            backends: unknown;
        };
        Object.assign(node.listeners[0]!.healthCheck, { healthyThreshold: 1, timeoutMillis: 500 });
        node.listeners[0]!.tls.mode = "SOMETIMES";
        delete (node.listeners[0] as { portMapping?: unknown }).portMapping;
        expect(violations(shapes, "VirtualNodeSpec", node)).to.deep.equal([
            "VirtualNodeSpec.listeners[0].portMapping: missing",
            'VirtualNodeSpec.listeners[0].tls.mode: "SOMETIMES" is none of its enum',
            "VirtualNodeSpec.listeners[0].healthCheck.healthyThreshold: 1 is not within 2 and 10",
            "VirtualNodeSpec.listeners[0].healthCheck.timeoutMillis: 500 is not within 2000 and 60000",
        ]);
    });
});
