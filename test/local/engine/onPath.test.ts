import { expect } from "chai";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bringsLanguageHost, findOnPath } from "../../../local/engine/onPath";
import { ROOT } from "../../../local/engine/places";

describe("finding engines on PATH", () => {
    let base: string;
    const executable = (...path: string[]): string => {
        const file = join(base, ...path);
        mkdirSync(join(file, ".."), { recursive: true });
        writeFileSync(file, "#!/bin/sh\n");
        chmodSync(file, 0o755);
        return file;
    };

    beforeEach(() => {
        base = realpathSync(mkdtempSync(join(tmpdir(), "on-path-")));
    });
    afterEach(() => {
        rmSync(base, { recursive: true, force: true });
    });

    it("takes the first executable file, not a folder and not another file of the name", () => {
        mkdirSync(join(base, "a", "pulumi"), { recursive: true });
        const plain = executable("b", "pulumi");
        chmodSync(plain, 0o644);
        const wanted = executable("c", "pulumi");
        const path = ["a", "b", "c"].map((name) => join(base, name)).join(":");
        expect(findOnPath("pulumi", path)).to.deep.equal({ found: wanted, real: wanted });
    });

    it("does not take this project's own local/pulumi for an engine", () => {
        expect(findOnPath("pulumi", join(ROOT, "local"))).to.equal(undefined);
    });

    it("finds the language host beside the engine that a link points to, and on PATH", () => {
        const real = executable("install", "pulumi");
        mkdirSync(join(base, "links"));
        symlinkSync(real, join(base, "links", "pulumi"));
        const path = join(base, "links");
        const found = findOnPath("pulumi", path);
        expect(found).to.deep.equal({ found: join(base, "links", "pulumi"), real });
        expect(bringsLanguageHost(real, path)).to.equal(false);

        executable("links", "pulumi-language-nodejs");
        expect(bringsLanguageHost(real, path)).to.equal(true);
        expect(bringsLanguageHost(real, "")).to.equal(false);

        executable("install", "pulumi-language-nodejs");
        expect(bringsLanguageHost(real, "")).to.equal(true);
    });
});
