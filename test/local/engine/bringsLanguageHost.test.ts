import { expect } from "chai";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bringsLanguageHost } from "../../../local/engine/bringsLanguageHost";

describe("the language host of an engine on PATH", () => {
    let base: string;
    const executable = (folder: string, name: string): string => {
        const file = join(base, folder, name);
        mkdirSync(join(base, folder), { recursive: true });
        writeFileSync(file, "#!/bin/sh\n", { mode: 0o755 });
        return file;
    };

    beforeEach(() => {
        base = realpathSync(mkdtempSync(join(tmpdir(), "language-host-")));
    });
    afterEach(() => {
        rmSync(base, { recursive: true, force: true });
    });

    it("is found beside the real executable, and on PATH", () => {
        const real = executable("install", "pulumi");
        const path = join(base, "links");
        expect(bringsLanguageHost(real, path)).to.equal(false);

        executable("links", "pulumi-language-nodejs");
        expect(bringsLanguageHost(real, path)).to.equal(true);
        expect(bringsLanguageHost(real, "")).to.equal(false);

        executable("install", "pulumi-language-nodejs");
        expect(bringsLanguageHost(real, "")).to.equal(true);
    });
});
