import { expect } from "chai";
import { excepting, lackingRules } from "../policies/appmesh/program";
import { givenUpByShop } from "../stacks/appMeshShop";
import { LocalEngine } from "../support/engine/LocalEngine";
import { shopOnAppMesh } from "../support/engine/shopOnAppMesh";

const configuration = "stacks/policies-on-app-mesh.json";
/** It proves the program, not App Mesh: AWS ended it, and what deploys it here is local mode's stand-in. */
describe("The shop on App Mesh", () => {
    it("is deployed under its policies with an exception for the mesh, and says in the run what it does without", async () => {
        const shop = shopOnAppMesh();
        shop.add(configuration, JSON.stringify(excepting()));
        const engine = await LocalEngine.create(shop.folder, "dev");
        try {
            const args = ["--policy-pack", "policies", "--policy-pack-config", configuration];
            const { code, output } = await engine.up({ args });
            expect(code, output).to.equal(0);
            expect(output).to.contain(`data plane "appmesh", without ${givenUpByShop.join(", ")}`);
            for (const rule of lackingRules) {
                expect(output).to.contain(`${rule} does not hold "mesh-appmesh": An old mesh is read`);
            }
            const resources = await engine.exportState();
            const of = (type: string): number => resources.filter((each) => each.type === type).length;
            expect(of("aws:appmesh/virtualNode:VirtualNode")).to.equal(8);
            expect(of("aws:appmesh/virtualService:VirtualService")).to.equal(8);
            expect(of("aws:appmesh/gatewayRoute:GatewayRoute")).to.equal(15);
            const node = resources.find(({ urn }) =>
                urn.endsWith("VirtualNode::mesh-appmesh-payment-service"),
            );
            expect(node?.outputs?.arn).to.match(/:mesh\/traffic-dev\/virtualNode\/payment-service$/);
        } finally {
            engine.remove();
            shop.remove();
        }
    });
});
