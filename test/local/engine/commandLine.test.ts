import { expect } from "chai";
import { readCommandLine } from "../../../local/engine/commandLine";

describe("readCommandLine", () => {
    it("finds command and sub-command between flags", () => {
        const line = readCommandLine([
            "--color",
            "never",
            "-v=3",
            "stack",
            "-s",
            "dev",
            "export",
            "--file",
            "x.json",
        ]);
        expect(line).to.deep.equal({
            words: ["stack", "export"],
            stack: "dev",
            cwd: undefined,
            secret: false,
        });
    });

    for (const args of [["--stack", "prod"], ["--stack=prod"], ["-s", "prod"], ["-sprod"], ["-s=prod"]]) {
        it(`reads the stack from ${args.join(" ")}`, () => {
            expect(readCommandLine(["up", ...args]).stack).to.equal("prod");
        });
    }

    it("takes the stack's own name from a qualified one", () => {
        expect(readCommandLine(["up", "-s", "organization/traffic/dev"]).stack).to.equal("dev");
    });

    it("reads the folder, and that a secret is set", () => {
        const line = readCommandLine(["-C", "elsewhere", "config", "set", "--secret", "key", "value"]);
        expect(line.cwd).to.equal("elsewhere");
        expect(line.secret).to.equal(true);
        expect(readCommandLine(["config", "set", "--secret=false", "key"]).secret).to.equal(false);
    });

    it("reads nothing after --", () => {
        expect(readCommandLine(["config", "set", "key", "--", "--stack", "--secret"])).to.deep.equal({
            words: ["config", "set"],
            stack: undefined,
            cwd: undefined,
            secret: false,
        });
    });
});
