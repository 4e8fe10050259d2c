import type { MeshServiceDefinition } from "../../components/model/mesh";

/** Services that other teams deploy from stacks of their own: the platform gives each an identity. */
export const guests = { "loyalty-service": {} };

/** What the platform's own team deploys. `loyalty` is there once its stack has declared whom it lets in. */
export function services(loyalty: boolean): Readonly<Record<string, MeshServiceDefinition>> {
    return {
        "user-service": {
            localPort: 9101,
            foreignCallers: { "loyalty-service": {} },
            accepts: { "loyalty-service": [{ methods: ["GET"], path: "/users" }] },
        },
        "order-service": {
            localPort: 9103,
            propagatesIdentity: true,
            calls: ["user-service", ...(loyalty ? ["loyalty-service"] : [])],
        },
    };
}
