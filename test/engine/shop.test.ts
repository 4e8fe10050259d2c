import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { deployedShop, firstDeploy, UNDER_POLICIES } from "../support/engine/deployedShop";
import { LocalEngine, SHOP } from "../support/engine/LocalEngine";

const args = UNDER_POLICIES;

describe("The shop on the real engine", () => {
    let deployed: LocalEngine;
    before(async () => {
        deployed = await deployedShop();
    });
    after(() => {
        deployed.remove();
    });

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
        const second = await deployed.up({ args });
        expect(second.code, second.output).to.equal(0);
        expect(second.resources).to.have.length(1);
        expect(second.resources[0]).to.match(/^\d{3} unchanged$/);
    });

    it("exports the APIs' addresses, the mesh's services and the user pool", async () => {
        const outputs = await deployed.outputs();
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
        const hidden = JSON.stringify(await deployed.exportState());
        expect(hidden).not.to.contain("PRIVATE KEY");
        const { apiKeys } = (await deployed.outputs()) as { apiKeys: Record<string, string> };
        expect(Object.keys(apiKeys).sort()).to.deep.equal(["mobile", "price-comparison", "warehouse", "web"]);
        for (const key of Object.values(apiKeys)) {
            expect(hidden).not.to.contain(key);
        }
    });

    it("leaves the committed settings as they are", () => {
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
        const down = await deployed.destroy();
        expect(down.code, down.output).to.equal(0);
        expect(down.resources[0]).to.match(/^- \d{3} deleted$/);
        expect(await deployed.exportState()).to.deep.equal([]);
    });
});
