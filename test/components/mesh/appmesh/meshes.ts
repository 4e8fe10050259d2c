import { resolveMesh } from "../../../../components/model/resolveMesh";
import type { ResolvedMesh, MeshDefinition } from "../../../../components/model/mesh";
import { appMeshDataPlane } from "../../../../components/mesh/appmesh/dataPlane";

/** Two services and a version beside one of them, with all that App Mesh can hold. */
export const definition: MeshDefinition = {
    trustDomain: "shop.internal",
    services: {
        cart: { localPort: 9001, calls: ["stock"], propagatesIdentity: true, requestTimeoutSeconds: 9 },
        stock: {
            localPort: 9002,
            versions: { stable: { weight: 90 }, canary: { weight: 10 } },
            headerRoutes: [{ header: "x-tester", value: "yes please", version: "canary" }],
            safeRepeats: [{ method: "POST", pathPrefix: "/quotes/" }],
        },
    },
    ingress: [{ api: "carts", service: "cart", stages: ["v1"] }],
};

export function resolved(changes: Partial<MeshDefinition> = {}): ResolvedMesh {
    const { mesh, issues } = resolveMesh({ ...definition, ...changes });
    if (issues.length > 0) {
        throw new Error(JSON.stringify(issues));
    }
    return appMeshDataPlane.carried(mesh);
}
