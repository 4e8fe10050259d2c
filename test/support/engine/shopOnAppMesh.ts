import { appMeshImage, givenUpByShop } from "../../stacks/appMeshShop";
import { editedShop, type EditedShop } from "./editedShop";

const domain = "traffic:domain: api.dev.shop.example";
const image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/envoy:v1.40.0";

/** The shop as somebody would have it who wants ADR-003's letter and answers for it. */
export function shopOnAppMesh(): EditedShop {
    const more = `traffic:dataPlane: appmesh\n  traffic:givesUp: [${givenUpByShop.join(", ")}]`;
    return editedShop(
        { file: "Pulumi.dev.yaml", from: domain, to: `${domain}\n  ${more}` },
        { file: "Pulumi.dev.yaml", from: image, to: appMeshImage },
    );
}
