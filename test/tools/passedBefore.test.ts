import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassedBefore, readInputs, type Inputs } from "../../tools/check/passedBefore";
import type { Step } from "../../tools/check/steps";

describe("What passed before", () => {
    const step: Step = {
        name: "unit",
        command: ["mocha"],
        counts: "tests",
        lane: "quick",
        doesNotRead: /^docs\//,
    };
    let folder: string;
    let inputs: Inputs;
    let before: PassedBefore;

    const change = (path: string, text: string): void => {
        inputs = { ...inputs, files: new Map([...inputs.files, [path, Buffer.from(text)]]) };
    };
    const isRemembered = (of = step): boolean => before.recall(of, before.digestOf(of)) !== undefined;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "passed-before-"));
        inputs = { files: new Map([["index.ts", Buffer.from("1")]]), surroundings: ["v20"] };
        before = new PassedBefore(folder, () => inputs);
        before.keep(step, before.digestOf(step), 12);
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("is not run again on the same files, and says when it passed", () => {
        const passed = before.recall(step, before.digestOf(step));
        expect(passed).to.deep.include({ passed: 12 });
        expect(Date.now() - Date.parse(passed?.at ?? "")).to.be.within(0, 60_000);
    });

    it("is run again after any change to what it reads: a file's text, a new file, its own command, the surroundings", () => {
        change("docs/page.md", "prose");
        expect(isRemembered()).to.equal(true);
        change("new.ts", "");
        expect(isRemembered()).to.equal(false);
        inputs = { ...inputs, files: new Map([["index.ts", Buffer.from("2")]]) };
        expect(isRemembered()).to.equal(false);
        inputs = { ...inputs, files: new Map([["index.ts", Buffer.from("1")]]) };
        expect(isRemembered()).to.equal(true);
        expect(isRemembered({ ...step, command: ["mocha", "--bail"] })).to.equal(false);
        expect(isRemembered({ ...step, name: "envoy" })).to.equal(false);
        inputs = { ...inputs, surroundings: ["v22"] };
        expect(isRemembered()).to.equal(false);
    });

    it("is not remembered where a file changed while it ran, or where its note is broken", () => {
        const digest = before.digestOf(step);
        change("index.ts", "changed meanwhile");
        before.keep(step, digest, 13);
        expect(isRemembered()).to.equal(false);
        inputs = { ...inputs, files: new Map([["index.ts", Buffer.from("1")]]) };
        expect(before.recall(step, before.digestOf(step))?.passed).to.equal(12);
        writeFileSync(join(folder, "unit.json"), "{");
        expect(isRemembered()).to.equal(false);
    });

    it("is never asked for checks with caches of their own, nor where git does not know the files", () => {
        expect(before.digestOf({ ...step, counts: "check" })).to.equal(undefined);
        expect(readInputs(folder, {})).to.equal(undefined);
        expect(before.recall(step, undefined)).to.equal(undefined);
    });

    it("reads what git knows of this checkout, and the settings that matter", () => {
        const read = readInputs(".", { PATH: "/bin", HOME: "/elsewhere", LOCAL_CLOCK: "2030" });
        expect(read?.files.get("package.json")?.toString()).to.contain("shop-traffic-platform");
        expect([...(read?.files.keys() ?? [])].some((path) => path.startsWith("node_modules/"))).to.equal(
            false,
        );
        expect(read?.surroundings).to.include.members(["PATH=/bin", "LOCAL_CLOCK=2030", process.version]);
        expect(read?.surroundings).not.to.include("HOME=/elsewhere");
    });
});
