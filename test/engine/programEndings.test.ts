import { expect } from "chai";
import { join } from "node:path";
import { LocalEngine } from "../support/engine/LocalEngine";

const PROJECT = join(__dirname, "fixtures", "program");

describe("local/pulumi and the ways in which a program ends", () => {
    let engine: LocalEngine;

    before(async () => {
        engine = await LocalEngine.create(PROJECT, "test");
    });
    after(() => {
        engine.remove();
    });

    it("reports an exception once, with the file in which it was thrown", async () => {
        const result = await engine.preview({ config: { "fixture:ending": "throw" } });
        expect(result.code).to.equal(1);
        expect(diagnosis(result.output)).to.match(/TypeError: the program is broken\n.*endings\.ts:/);
        expect(diagnosis(result.output)).not.to.include("Program exited with non-zero exit code");
    });

    it("shows a ResourceError at its resource, as a message without a stack", async () => {
        const result = await engine.preview({ config: { "fixture:ending": "resource-error" } });
        expect(result.code).to.equal(1);
        expect(diagnosis(result.output)).to.include(
            "  aws:ecs:Cluster (cluster):\n    error: this cluster will not do\n\n",
        );
        expect(diagnosis(result.output)).not.to.include("Program exited with non-zero exit code");
    });

    it("names the exit code of a program that ends without a word", async () => {
        const result = await engine.preview({ config: { "fixture:ending": "exit-7" } });
        expect(result.code).to.equal(1);
        expect(diagnosis(result.output)).to.include(
            "error: an unhandled error occurred: Program exited with non-zero exit code: 7\n",
        );
    });
});

/** What comes after the progress. */
function diagnosis(output: string): string {
    return output.slice(output.indexOf("Diagnostics:"));
}
