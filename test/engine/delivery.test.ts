import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPlan, typeOf } from "../../tools/ci/plan";
import { EngineRun, type EngineResult } from "../support/engine/EngineRun";
import { editedShop, type EditedShop } from "../support/engine/editedShop";
import { LocalEngine, SHOP } from "../support/engine/LocalEngine";

/** Days after the deploy on which certificates of 30 days, renewed 15 days before their end, are due. */
const DUE_DAYS = 16;

/** What the workflows do does not depend on the program's size: two services take the shop's place. */
function smallMesh(): string {
    const program = readFileSync(join(SHOP, "test/engine/fixtures/mesh/index.ts"), "utf8");
    return program.replaceAll("../../../../", "./").replaceAll("../../../support/", "./test/support/");
}

/** The pack's configuration without the shop's exceptions, which the small mesh has no use for. */
function everyRule(): Record<string, string> {
    const rules = JSON.parse(readFileSync(join(SHOP, "stacks/policy-config.json"), "utf8")) as object;
    return Object.fromEntries(Object.keys(rules).map((rule) => [rule, "mandatory"]));
}

describe("What the workflows run, on the real engine", () => {
    let shop: EditedShop;
    let engine: LocalEngine;

    /** One command of tools/ci in the shop's folder. */
    function ci(args: readonly string[], clock?: Date): Promise<EngineResult> {
        const main = join(SHOP, "tools/ci/main.ts");
        const tsx = join(SHOP, "node_modules/tsx/dist/cjs/index.cjs");
        const given = [...args, "--engine", join(SHOP, "local/pulumi"), "--out", "out"];
        return new EngineRun("node", ["--require", tsx, main, ...given], {
            cwd: shop.folder,
            env: {
                ...process.env,
                LOCAL_STATE_DIR: engine.stateFolder,
                ...(clock === undefined ? {} : { LOCAL_CLOCK: clock.toISOString() }),
            },
        }).result;
    }
    const written = (file: string): string => readFileSync(join(shop.folder, "out", file), "utf8");
    const git = (...args: readonly string[]): string =>
        execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@shop.example", ...args], {
            cwd: shop.folder,
            encoding: "utf8",
        });

    before(async () => {
        shop = editedShop();
        shop.add("index.ts", smallMesh());
        shop.add("stacks/policy-config.json", JSON.stringify(everyRule(), undefined, 2));
        shop.add(".gitignore", "node_modules\nout/\napproved.json\n");
        git("init", "--quiet");
        git("add", "--all");
        git("commit", "--quiet", "--message", "The shop");
        engine = await LocalEngine.create(shop.folder, "dev");
    });
    after(() => {
        engine.remove();
        shop.remove();
    });

    it("writes the plan and every verdict, then deploys that plan", async () => {
        const preview = await ci(["preview", "dev"]);
        expect(preview.code, preview.output).to.equal(0);
        const plan = readPlan(written("plan.json"));
        expect(plan.commit).to.equal(git("rev-parse", "HEAD").trim());
        expect(plan.operations.map(({ op }) => op)).to.include.members(["create"]);
        expect(written("comment.md")).to.match(/\*\*It may be deployed: all \d+ policies passed\.\*\*/);
        writeFileSync(join(shop.folder, "approved.json"), written("plan.json"));
        const deploy = await ci(["deploy", "dev", "--approved", "approved.json"]);
        expect(deploy.code, deploy.output).to.equal(0);
        expect(deploy.resources).to.deep.equal([`+ ${plan.operations.length} created`]);
    });

    it("does not deploy a plan that is no longer the one approved", async () => {
        const again = await ci(["deploy", "dev", "--approved", "approved.json"]);
        expect(again.code).to.equal(1);
        expect(again.stderr).to.contain("the plan is not the one that was approved");
        expect(again.stderr).to.contain("no more: create aws:ecs/cluster:Cluster mesh");
    });

    it("finds no drift where nobody has changed anything", async () => {
        const drift = await ci(["drift", "dev"]);
        expect(drift.code, drift.output).to.equal(0);
        expect(written("drift.md")).to.equal("`dev`: no drift.\n");
    });

    it("renews certificates that are due, and touches nothing else", async () => {
        const due = new Date(Date.now() + DUE_DAYS * 24 * 3600 * 1000);
        const renew = await ci(["renew", "dev"], due);
        expect(renew.code, renew.output).to.equal(0);
        const types = new Set(readPlan(written("plan.json")).operations.map(typeOf));
        expect([...types].sort()).to.deep.equal([
            "aws:ecs/service:Service",
            "aws:ssm/parameter:Parameter",
            "tls:index/locallySignedCert:LocallySignedCert",
        ]);
        const next = await ci(["renew", "dev"], due);
        expect(next.code, next.output).to.equal(0);
        expect(next.stdout).to.contain("no certificate is due");
    });

    it("stops what is not committed, and what the policies refuse", async () => {
        const file = join(shop.folder, "stacks/policy-config.json");
        const configuration = readFileSync(file, "utf8");
        writeFileSync(
            file,
            configuration.replace('"mesh-traffic": "mandatory"', '"mesh-traffic": "disabled"'),
        );
        const uncommitted = await ci(["renew", "dev"]);
        expect(uncommitted.code).to.equal(1);
        expect(uncommitted.stderr).to.contain("there are changes that are not committed");
        const off = await ci(["preview", "dev"]);
        expect(off.code).to.equal(1);
        expect(off.stderr).to.contain('mesh-traffic: found the level "disabled"; required "mandatory"');
        writeFileSync(file, configuration);
        const cluster = join(shop.folder, "components/mesh/envoy/cluster.ts");
        const text = readFileSync(cluster, "utf8");
        writeFileSync(cluster, text.replace(/consecutive_5xx: [^,]+,/, "consecutive_5xx: 50,"));
        expect(readFileSync(cluster, "utf8")).to.not.equal(text);
        const refused = await ci(["preview", "dev"]);
        expect(refused.code).to.equal(1);
        expect(refused.stderr).to.contain("policies did not pass: mesh-circuit-breaker (failed)");
        expect(written("comment.md")).to.contain("| `mesh-circuit-breaker` | **failed** |");
    });
});
