import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { describePackage } from "../../../../local/providers/schema/cache";
import { cacheFolder, emulatedFolder } from "../../../../local/providers/schema/folders";
import { forgetScratch, scratchFolder } from "../support/providers";

const ROLE = "aws:iam/role:Role";
const SERVICE = "aws:ecs/service:Service";

describe("what is read of a package's declarations", () => {
    after(forgetScratch);

    it("is each input with its shape, and whether it is required", async () => {
        const { resources, types } = await describePackage("@pulumi/aws", [ROLE, SERVICE], scratchFolder());
        expect(resources[ROLE]?.inputs.assumeRolePolicy).to.deep.equal({
            required: true,
            shape: {
                kind: "either",
                of: [{ kind: "string" }, { kind: "object", type: "iam.PolicyDocument" }],
            },
        });
        expect(resources[ROLE]?.inputs.tags).to.deep.equal({
            required: false,
            shape: { kind: "map", of: { kind: "string" } },
        });
        expect(resources[SERVICE]?.inputs.loadBalancers?.shape).to.deep.equal({
            kind: "list",
            of: { kind: "object", type: "ecs.ServiceLoadBalancer" },
        });
        expect(types["ecs.ServiceLoadBalancer"]?.containerPort).to.deep.equal({
            required: true,
            shape: { kind: "number" },
        });
        expect(resources[ROLE]?.outputs).to.include.members(["arn", "uniqueId", "name", "tagsAll"]);
    });

    it("is kept, and read again from there", async () => {
        const folder = scratchFolder();
        const first = await describePackage("@pulumi/tls", ["tls:index/privateKey:PrivateKey"], folder);
        const [file = ""] = readdirSync(folder);
        expect(file).to.match(/^pulumi-tls-[\d.]+-[0-9a-f]{12}\.json$/);
        writeFileSync(join(folder, file), JSON.stringify({ ...first, version: "kept" }));
        const second = await describePackage("@pulumi/tls", ["tls:index/privateKey:PrivateKey"], folder);
        expect(second.version).to.equal("kept");
    });

    it("is read anew when what was kept is broken", async () => {
        const folder = scratchFolder();
        const first = await describePackage("@pulumi/tls", ["tls:index/privateKey:PrivateKey"], folder);
        const [file = ""] = readdirSync(folder);
        writeFileSync(join(folder, file), "{");
        expect(
            await describePackage("@pulumi/tls", ["tls:index/privateKey:PrivateKey"], folder),
        ).to.deep.equal(first);
    });

    it("does without a folder that cannot be written", async () => {
        const nowhere = join(scratchFolder(), "file");
        writeFileSync(nowhere, "");
        const described = await describePackage("@pulumi/tls", ["tls:index/privateKey:PrivateKey"], nowhere);
        expect(Object.keys(described.resources)).to.deep.equal(["tls:index/privateKey:PrivateKey"]);
        expect(existsSync(join(nowhere, "x"))).to.equal(false);
    });
});

describe("the folders of the emulated providers", () => {
    it("are those that the environment names", () => {
        expect(cacheFolder({ LOCAL_CACHE_DIR: "/c" })).to.equal("/c");
        expect(emulatedFolder({ LOCAL_STATE_DIR: "/s" })).to.equal("/s/emulated");
    });

    it("are in the project otherwise", () => {
        expect(cacheFolder({}).endsWith("/.local/cache")).to.equal(true);
        expect(emulatedFolder({}).endsWith("/.local/state/emulated")).to.equal(true);
    });
});
