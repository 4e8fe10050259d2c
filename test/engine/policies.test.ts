import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { UNDER_POLICIES } from "../support/engine/deployedShop";
import { LocalEngine, SHOP } from "../support/engine/LocalEngine";
import { smallShop, smallShopPolicies } from "../support/engine/smallShop";

const npmQuiet = ["--no-audit", "--no-fund", "--loglevel", "error"];

/** The pack as somebody else gets it: packed, and installed into an empty folder. */
function installedPack(folder: string): string {
    execFileSync("npm", ["pack", join(SHOP, "policies"), "--pack-destination", folder, ...npmQuiet], {
        cwd: folder,
        stdio: "ignore",
    });
    const [tarball = ""] = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
    writeFileSync(join(folder, "package.json"), "{}");
    execFileSync("npm", ["install", "--prefer-offline", ...npmQuiet, join(folder, tarball)], { cwd: folder });
    return join(folder, "node_modules", "shop-traffic-policies");
}

describe("The policy pack, published", () => {
    let folder: string;
    let pack: string;

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "published-pack-"));
        pack = installedPack(folder);
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("accepts a program in another folder, and refuses another", async () => {
        const args = ["--policy-pack", pack];
        const accepted = await LocalEngine.create(join(__dirname, "fixtures", "program"), "test");
        const engine = await LocalEngine.create(join(__dirname, "fixtures", "open-logs"), "test");
        try {
            const fine = await accepted.preview({ args });
            expect(fine.code, fine.output).to.equal(0);
            const preview = await engine.preview({ args });
            expect(preview.code, preview.output).not.to.equal(0);
            expect(preview.output).to.match(/\[mandatory\] .* {2}base-encryption {2}/);
            expect(preview.output).to.contain("kmsKeyId: found nothing; required a customer-managed key");
            expect(preview.output).not.to.contain("can't run");
        } finally {
            accepted.remove();
            engine.remove();
        }
    });

    it("checks a configuration by itself", () => {
        const wrong = join(folder, "wrong.json");
        writeFileSync(wrong, JSON.stringify({ all: "disabled" }));
        expect(() =>
            execFileSync(join(folder, "node_modules/.bin/check-policy-config"), [wrong], { stdio: "pipe" }),
        ).to.throw("all: found a name that is no rule's");
    });
});

describe("A fix at the level remediate, on the real engine", () => {
    it("makes the shop pass, and says what it changed", async () => {
        const shop = smallShop({
            file: "components/gateway/createApiStage.ts",
            from: "xrayTracingEnabled: true",
            to: "xrayTracingEnabled: false",
        });
        const rules = JSON.parse(smallShopPolicies()) as object;
        shop.add("stacks/policy-config.json", JSON.stringify({ ...rules, "fix-tracing": "remediate" }));
        const engine = await LocalEngine.create(shop.folder, "dev");
        const args = UNDER_POLICIES;
        try {
            const preview = await engine.preview({ args });
            expect(preview.code, preview.output).to.equal(0);
            expect(preview.output).to.match(/\[remediate\] {2}fix-tracing {2}\(2 resources\)/);
        } finally {
            engine.remove();
            shop.remove();
        }
    });
});
