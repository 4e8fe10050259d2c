import { expect } from "chai";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOnPath } from "../../../local/setup/onPath";
import { ROOT } from "../../../local/setup/places";

describe("finding executables on PATH", () => {
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

    it("names the file that a link points to besides the link", () => {
        const real = executable("install", "pulumi");
        const path = join(base, "links");
        mkdirSync(path);
        symlinkSync(real, join(path, "pulumi"));
        expect(findOnPath("pulumi", path)).to.deep.equal({ found: join(path, "pulumi"), real });
    });
});
