import { expect } from "chai";
import { editedShop } from "../support/engine/editedShop";
import { UNDER_POLICIES } from "../support/engine/deployedShop";
import { LocalEngine } from "../support/engine/LocalEngine";

const image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/payment-service";
const weights = (canary: string): string =>
    `localPort: 9104,\n        versions: { stable: { weight: 90 }, canary: { weight: ${canary} } },`;

/** The shop whose catalogue gives payment-service a second version. */
function withCanary(weight: string): ReturnType<typeof editedShop> {
    return editedShop(
        { file: "stacks/catalogue.ts", from: "localPort: 9104,", to: weights(weight) },
        {
            file: "Pulumi.dev.yaml",
            from: `payment-service: ${image}:1.0.0`,
            to: `payment-service: ${image}:1.0.0\n    payment-service-canary: ${image}:1.1.0`,
        },
    );
}

describe("A second version of one of the shop's services", () => {
    it("is one more ECS service, which the policies accept", async () => {
        const shop = withCanary("10");
        const engine = await LocalEngine.create(shop.folder, "dev");
        try {
            const up = await engine.up({ args: UNDER_POLICIES });
            expect(up.code, up.output).to.equal(0);
            const resources = await engine.exportState();
            const names = resources
                .filter(({ type }) => type === "aws:ecs/service:Service")
                .map(({ inputs }) => inputs?.name);
            expect(names).to.have.length(10);
            expect(names).to.include.members(["payment-service", "payment-service-canary"]);
        } finally {
            engine.remove();
            shop.remove();
        }
    });

    it("is refused before anything is created when the weights do not sum to 100", async () => {
        const shop = withCanary("5");
        const engine = await LocalEngine.create(shop.folder, "dev");
        try {
            const { code, output } = await engine.preview({ args: UNDER_POLICIES });
            expect(code).not.to.equal(0);
            expect(output).to.contain(
                'services.payment-service.versions is "weights that sum to 95"; use weights that sum to 100',
            );
        } finally {
            engine.remove();
            shop.remove();
        }
    });
});
