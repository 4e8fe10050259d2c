import { expect } from "chai";
import { UNDER_POLICIES } from "../support/engine/deployedShop";
import { editedShop, type Edit } from "../support/engine/editedShop";
import { LocalEngine } from "../support/engine/LocalEngine";

const registry = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
const recommendations = `openapi: 3.0.3
info: { title: Recommendation API, version: 1.0.0 }
paths:
  /{userId}:
    get:
      operationId: listRecommendations
      parameters:
        - { name: userId, in: path, required: true, schema: { type: string } }
      security:
        - shopUser: [recommendations/read]
          apiKey: []
      responses:
        "200": { description: What the customer may like }
components:
  securitySchemes:
    shopUser:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://auth.shop.example/oauth2/token
          scopes: { recommendations/read: Read recommendations }
    apiKey: { type: apiKey, in: header, name: x-api-key }
`;

/** A service of its own behind a public API of its own. */
const recommendationService: readonly Edit[] = [
    {
        file: "stacks/catalogue.ts",
        from: "} as const satisfies Record<string, MeshServiceDefinition>;",
        to: '"recommendation-service": { localPort: 9109, calls: ["product-service"] },\n} as const satisfies Record<string, MeshServiceDefinition>;',
    },
    {
        file: "stacks/catalogue.ts",
        from: "} as const satisfies Record<string, PublicApi>;",
        to: 'recommendations: { service: "recommendation-service", contracts: { v1: "apis/recommendations/v1.yaml" }, publicOperations: {} },\n} as const satisfies Record<string, PublicApi>;',
    },
    {
        file: "Pulumi.dev.yaml",
        from: "  traffic:size:",
        to: `    recommendation-service: ${registry}/shop/recommendation-service:1.0.0\n  traffic:size:`,
    },
];

/** A second version of payment-service, which gets a share of its calls. */
function canary(weight: number): readonly Edit[] {
    const image = `${registry}/shop/payment-service`;
    return [
        {
            file: "stacks/catalogue.ts",
            from: "localPort: 9104,",
            to: `localPort: 9104,\n        versions: { stable: { weight: 90 }, canary: { weight: ${weight} } },`,
        },
        {
            file: "Pulumi.dev.yaml",
            from: `payment-service: ${image}:1.0.0`,
            to: `payment-service: ${image}:1.0.0\n    payment-service-canary: ${image}:1.1.0`,
        },
    ];
}

describe("What teams add to the shop", () => {
    it("is a service with an API, and a second version of another: the policies accept them", async () => {
        const shop = editedShop(...recommendationService, ...canary(10));
        shop.add("apis/recommendations/v1.yaml", recommendations);
        const engine = await LocalEngine.create(shop.folder, "dev");
        try {
            const up = await engine.up({ args: UNDER_POLICIES });
            expect(up.code, up.output).to.equal(0);
            expect(up.output).to.contain('v1: "https://api.dev.shop.example/recommendations/v1"');
            expect(up.output).to.contain('recommendation-service: "recommendation-service.shop.internal"');
            const resources = await engine.exportState();
            const names = resources
                .filter(({ type }) => type === "aws:ecs/service:Service")
                .map(({ inputs }) => inputs?.name);
            expect(names).to.have.length(11);
            expect(names).to.include.members([
                "payment-service",
                "payment-service-canary",
                "recommendation-service",
            ]);
        } finally {
            engine.remove();
            shop.remove();
        }
    });

    it("is refused before anything is created when a service's weights do not sum to 100", async () => {
        const shop = editedShop(...canary(5));
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
