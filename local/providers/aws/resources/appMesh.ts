/* Replacements: ForceNew in hashicorp/terraform-provider-aws, internal/service/appmesh/*.go. App Mesh itself ended on 2026-09-30. */
import type { Emulation, Table } from "../../table/emulation";
import type { Reading } from "../../table/reading";
import { account, createdAt, now } from "../forms";

const described: Emulation["outputs"] = {
    createdDate: createdAt("createdDate"),
    lastUpdatedDate: () => now(),
    resourceOwner: account,
};
const OF_MESH = ["meshName", "meshOwner", "name"];

export const appMesh: Table = {
    "aws:appmesh/mesh:Mesh": {
        id: (r) => r.text("name"),
        outputs: { arn: (r) => r.arn("appmesh", `mesh/${r.id}`), meshOwner: account, ...described },
        autoname: { property: "name", maxLength: 255 },
        replaces: ["name"],
    },
    "aws:appmesh/virtualNode:VirtualNode": within((r) => `virtualNode/${r.text("name")}`),
    "aws:appmesh/virtualRouter:VirtualRouter": within((r) => `virtualRouter/${r.text("name")}`),
    "aws:appmesh/virtualService:VirtualService": within((r) => `virtualService/${r.text("name")}`),
    "aws:appmesh/virtualGateway:VirtualGateway": within((r) => `virtualGateway/${r.text("name")}`),
    "aws:appmesh/route:Route": within(
        (r) => `virtualRouter/${r.text("virtualRouterName")}/route/${r.text("name")}`,
        "virtualRouterName",
    ),
    "aws:appmesh/gatewayRoute:GatewayRoute": within(
        (r) => `virtualGateway/${r.text("virtualGatewayName")}/gatewayRoute/${r.text("name")}`,
        "virtualGatewayName",
    ),
};

/** A resource of a mesh, whose id is a UUID and whose ARN is its path below the mesh's. */
function within(path: (reading: Reading) => string, ...parents: readonly string[]): Emulation {
    return {
        id: (r) => r.uuid(),
        outputs: {
            arn: (r) => r.arn("appmesh", `mesh/${r.text("meshName")}/${path(r)}`),
            meshOwner: account,
            ...described,
        },
        autoname: { property: "name", maxLength: 255 },
        replaces: [...OF_MESH, ...parents],
    };
}
