import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { editedShop, type Edit } from "../support/engine/editedShop";
import { deployedShop, firstDeploy, takeDownShop, UNDER_POLICIES } from "../support/engine/deployedShop";
import { LocalEngine, SHOP } from "../support/engine/LocalEngine";
import type { EngineResult } from "../support/engine/EngineRun";

const args = UNDER_POLICIES;

describe("The shop on the real engine", () => {
    it("previews an empty prod stack with every rule decided", async () => {
        const engine = await LocalEngine.create(SHOP, "prod");
        try {
            const preview = await engine.preview({ args });
            expect(preview.code, preview.output).to.equal(0);
            expect(preview.output).not.to.contain("can't run during preview");
            expect(preview.output).to.match(/userPoolId +: \[unknown\]/);
            expect(preview.resources).to.have.length(1);
            expect(preview.resources[0]).to.match(/^\+ \d{3} to create$/);
            expect(await engine.exportState()).to.deep.equal([]);
        } finally {
            engine.remove();
        }
    });

    it("previews an empty dev stack with every rule decided, and deploys what it foretold", async () => {
        const { up } = await firstDeploy();
        expect(up.output).not.to.contain("can't run during preview");
        expect(up.output).to.match(/userPoolId +: \[unknown\]/);
        const foretold = /^ +\+ (\d{3}) to create$/m.exec(up.output)?.[1];
        expect(foretold).to.be.a("string");
        expect(up.resources).to.deep.equal([`+ ${foretold ?? ""} created`]);
    });

    it("changes nothing the second time, and says so", async () => {
        const engine = await deployedShop();
        const second = await engine.up({ args });
        expect(second.code, second.output).to.equal(0);
        expect(second.resources).to.have.length(1);
        expect(second.resources[0]).to.match(/^\d{3} unchanged$/);
    });

    it("exports the APIs' addresses, the mesh's services and the user pool", async () => {
        const outputs = await (await deployedShop()).outputs();
        expect(Object.keys(outputs).sort()).to.deep.equal([
            "alarmTopicArn",
            "apiKeyIds",
            "apiKeys",
            "apiUrls",
            "clientIds",
            "meshServices",
            "userPoolId",
        ]);
        expect(outputs.apiUrls).to.deep.equal({
            users: {
                v1: "https://api.dev.shop.example/users/v1",
                v2: "https://api.dev.shop.example/users/v2",
            },
            products: {
                v1: "https://api.dev.shop.example/products/v1",
                v2: "https://api.dev.shop.example/products/v2",
            },
            orders: {
                v1: "https://api.dev.shop.example/orders/v1",
                v2: "https://api.dev.shop.example/orders/v2",
            },
            payments: {
                v1: "https://api.dev.shop.example/payments/v1",
                v2: "https://api.dev.shop.example/payments/v2",
            },
            search: {
                v1: "https://api.dev.shop.example/search/v1",
                v2: "https://api.dev.shop.example/search/v2",
            },
        });
        expect(outputs.userPoolId).to.match(/^eu-central-1_/);
    });

    it("keeps private keys and API keys encrypted in the state", async () => {
        const engine = await deployedShop();
        const hidden = JSON.stringify(await engine.exportState());
        expect(hidden).not.to.contain("PRIVATE KEY");
        const { apiKeys } = (await engine.outputs()) as { apiKeys: Record<string, string> };
        expect(Object.keys(apiKeys).sort()).to.deep.equal(["mobile", "price-comparison", "warehouse", "web"]);
        for (const key of Object.values(apiKeys)) {
            expect(hidden).not.to.contain(key);
        }
    });

    it("leaves the committed settings as they are", async () => {
        await deployedShop();
        const changed = execFileSync(
            "git",
            ["status", "--porcelain", "--", "Pulumi.dev.yaml", "Pulumi.prod.yaml"],
            { cwd: SHOP },
        );
        expect(changed.toString()).to.equal("");
    });

    it("rejects bad settings with every issue at once, before anything is registered", async () => {
        const engine = await LocalEngine.create(SHOP, "dev");
        try {
            const config = { "traffic:domain": "api", "traffic:protect": "perhaps", "traffic:typo": "1" };
            const preview = await engine.preview({ config });
            expect(preview.code).not.to.equal(0);
            expect(preview.output).to.contain("Pulumi.dev.yaml: 3 issues");
            expect(preview.output).to.contain(
                'traffic:domain is "api"; use a DNS name of at least two labels',
            );
            expect(preview.output).to.contain('traffic:protect is "perhaps"; use true or false');
            expect(preview.output).to.contain("traffic:typo is 1; use only domain, ");
            expect(preview.output).not.to.contain("settingsSchema.ts");
        } finally {
            engine.remove();
        }
    });

    it("takes everything down again", async () => {
        const { engine, down } = await takeDownShop();
        try {
            expect(down.code, down.output).to.equal(0);
            expect(down.resources[0]).to.match(/^- \d{3} deleted$/);
            expect(await engine.exportState()).to.deep.equal([]);
        } finally {
            engine.remove();
        }
    });
});

describe("A newcomer who follows README.md", () => {
    it("adds a service and an API", async () => {
        const shop = editedShop(
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
        );
        shop.add("apis/recommendations/v1.yaml", recommendations);
        const engine = await LocalEngine.create(shop.folder, "dev");
        try {
            const preview = await engine.preview({ args });
            expect(preview.code, preview.output).to.equal(0);
            expect(preview.output).to.contain('v1: "https://api.dev.shop.example/recommendations/v1"');
            expect(preview.output).to.contain(
                'recommendation-service: "recommendation-service.shop.internal"',
            );
        } finally {
            engine.remove();
            shop.remove();
        }
    });
});

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

const broken: readonly (Edit & { readonly rule: string; readonly what: string; readonly says: string })[] = [
    {
        rule: "mesh-mtls",
        what: "callers need no certificate",
        file: "components/mesh/envoy/tls.ts",
        from: "require_client_certificate: true",
        to: "require_client_certificate: false",
        says: "require_client_certificate",
    },
    {
        rule: "mesh-circuit-breaker",
        what: "one instance in ten can be taken out",
        file: "components/mesh/envoy/cluster.ts",
        from: "max_ejection_percent: 100",
        to: "max_ejection_percent: 10",
        says: "max_ejection_percent",
    },
    {
        rule: "rate-limit",
        what: "the Web ACL allows five times as much",
        file: "components/gateway/webAcl.ts",
        from: "tooManyPerHeader(credentialHeader, perCredential)",
        to: "tooManyPerHeader(credentialHeader, 5 * perCredential)",
        says: "5000",
    },
];

describe("The policy pack on the real engine", () => {
    const whats = broken.map(({ what, rule }) => `${what} (${rule})`).join(", ");

    it(`stops a preview, and names each rule that it breaks: ${whats}`, async () => {
        const shop = editedShop(...broken);
        const engine = await LocalEngine.create(shop.folder, "dev");
        try {
            const preview = await engine.preview({ args });
            for (const { rule, says } of broken) {
                expectStopped(preview, rule, says);
            }
        } finally {
            engine.remove();
            shop.remove();
        }
    });

    it("stops a deploy before anything is created", async () => {
        const shop = editedShop({
            file: "components/mesh/envoy/inbound.ts",
            from: "tls: meshServerTls(trustDomain),",
            to: "",
        });
        const engine = await LocalEngine.create(shop.folder, "dev");
        try {
            const up = await engine.run(["up", "--yes", "--stack", "dev", ...args]);
            expectStopped(up, "mesh-mtls", "inbound");
            expect(await engine.exportState()).to.deep.equal([]);
        } finally {
            engine.remove();
            shop.remove();
        }
    });
});

function expectStopped({ code, output }: EngineResult, rule: string, says: string): void {
    expect(code, output).not.to.equal(0);
    expect(output, output).to.match(new RegExp(`\\[mandatory\\] .*  ${rule}  `));
    expect(output).to.contain(says);
}
