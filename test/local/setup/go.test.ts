import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findGo } from "../../../local/setup/go";
import { SetupFailure } from "../../../local/setup/setupFailure";

describe("finding Go", () => {
    let module: string;
    const without = (): string => findGo({ PATH: "" }, module);

    beforeEach(() => {
        module = mkdtempSync(join(tmpdir(), "go-module-"));
        writeFileSync(join(module, "go.mod"), "module example.com/tool\n\ngo 1.26.3\n");
    });
    afterEach(() => {
        rmSync(module, { recursive: true, force: true });
    });

    it("asks for the Go that the module itself wants", () => {
        expect(without).to.throw(
            SetupFailure,
            /^there is no Go on PATH\. Install Go 1\.26\.3 or newer \(https:\/\/go\.dev\/doc\/install\) to build it with\.$/,
        );
    });
});
