import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LocalEngine } from "../support/engine/LocalEngine";

const PROJECT = join(__dirname, "fixtures", "program");
const WITH_PACK = ["--policy-pack", join("..", "pack")];

describe("local/pulumi on a small program", () => {
    let engine: LocalEngine;
    const committed = readFileSync(join(PROJECT, "Pulumi.test.yaml"), "utf8");

    before(async () => {
        engine = await LocalEngine.create(PROJECT, "test");
    });
    after(() => {
        engine.remove();
    });

    it("shows computed values as unknown in a preview, and creates nothing", async () => {
        const preview = await engine.preview();
        expect(preview.code, preview.output).to.equal(0);
        expect(preview.output).to.include("clusterArn: [unknown]");
        expect(preview.resources).to.deep.equal(["+ 3 to create"]);
        expect(await engine.exportState()).to.deep.equal([]);
    });

    it("deploys, changes nothing the second time, and destroys", async () => {
        const first = await engine.up();
        expect(first.code, first.output).to.equal(0);
        expect(first.resources).to.deep.equal(["+ 3 created"]);
        expect((await engine.outputs()).clusterArn).to.equal(
            "arn:aws:ecs:eu-central-1:123456789012:cluster/shop",
        );

        const second = await engine.up();
        expect(second.code, second.output).to.equal(0);
        expect(second.resources).to.deep.equal(["3 unchanged"]);

        const down = await engine.destroy();
        expect(down.code, down.output).to.equal(0);
        expect(down.resources).to.deep.equal(["- 3 deleted"]);
        expect(await engine.exportState()).to.deep.equal([]);
    });

    it("passes the runtime's node arguments to the program, and no others", async () => {
        await engine.up();
        expect((await engine.outputs()).nodeFlags).to.deep.equal([
            "--require",
            "@pulumi/pulumi",
            "--require",
            "tsx/cjs",
        ]);
    });

    it("keeps secrets encrypted in the exported state", async () => {
        const secret = "correct horse battery staple";
        await engine.up();
        const hidden = await engine.exportState();
        const shown = await engine.exportState(true);
        expect(JSON.stringify(hidden)).not.to.include(secret);
        expect(JSON.stringify(shown)).to.include(secret);
    });

    it("stops a preview and an update that violate a mandatory policy", async () => {
        const config = { "fixture:clusterName": "forbidden" };
        for (const run of [
            engine.preview({ config, args: WITH_PACK }),
            engine.up({ config, args: WITH_PACK }),
        ]) {
            const result = await run;
            expect(result.code).to.equal(1);
            expect(result.output).to.include(
                "[mandatory]  no-forbidden-clusters  (aws:ecs:Cluster: cluster)",
            );
            // The name of project and stack reach the pack, too.
            expect(result.output).to.include("fixture/test: the cluster is called forbidden");
        }
    });

    it("analyses what is deployed", async () => {
        await engine.up();
        const analyze = ["policy", "analyze", "--stack", "test", ...WITH_PACK];
        const good = await engine.run(analyze);
        expect(good.code, good.output).to.equal(0);

        await engine.up({ config: { "fixture:clusterName": "forbidden" } });
        const bad = await engine.run(analyze);
        expect(bad.code, bad.output).not.to.equal(0);
        expect(bad.output).to.include("the cluster is called forbidden");
    });

    it("takes settings from the project, and leaves them as they are", async () => {
        const config = await engine.mustRun(["config", "--stack", "test", "--json"]);
        expect(JSON.parse(config)).to.deep.equal({
            "aws:region": { value: "eu-central-1", secret: false },
            "fixture:clusterName": { value: "shop", secret: false },
        });
        expect(readFileSync(join(PROJECT, "Pulumi.test.yaml"), "utf8")).to.equal(committed);
    });

    it("deploys a stack whose settings a real account encrypted, and leaves those as they are", async () => {
        const file = join(PROJECT, "Pulumi.cloud.yaml");
        const before = readFileSync(file, "utf8");
        await engine.mustRun(["stack", "init", "cloud"]);
        const result = await engine.run(["up", "--yes", "--skip-preview", "--stack", "cloud"]);
        expect(result.code, result.output).to.equal(0);
        expect(
            JSON.parse(await engine.mustRun(["config", "--stack", "cloud", "--json", "--show-secrets"])),
        ).to.deep.equal({
            "aws:region": { value: "eu-central-1", secret: false },
            "fixture:clusterName": { value: "shop", secret: false },
            "fixture:password": { value: "local-mode-placeholder", secret: true },
        });
        await engine.mustRun(["stack", "rm", "--yes", "--force", "cloud"]);
        expect(readFileSync(file, "utf8")).to.equal(before);
    });

    it("refuses to set a secret, which everybody could read", async () => {
        const result = await engine.run(["config", "set", "--secret", "password", "x", "--stack", "test"]);
        expect(result.code).to.equal(1);
        expect(result.stderr).to.equal(
            "local mode: a secret set in local mode would be encrypted under a passphrase that everybody knows; " +
                "use `pulumi config set --secret` with a backend of your own\n",
        );
        expect(readFileSync(join(PROJECT, "Pulumi.test.yaml"), "utf8")).to.equal(committed);
    });

    it("remembers which stack was selected last", async () => {
        await engine.mustRun(["stack", "select", "test"]);
        expect(await engine.mustRun(["stack", "--show-name"])).to.equal("test\n");
    });
});
