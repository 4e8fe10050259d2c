import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { shellScript } from "../../../local/engine/shell";

describe("shellScript", () => {
    it("hands on values, folder and arguments exactly, whatever they contain", () => {
        const awkward = `it's "$HOME" \`x\` \\ *\n end`;
        const script = shellScript({
            environment: { GIVEN: awkward, REMOVED: undefined },
            folder: "/",
            command: [
                "sh",
                "-c",
                'printf "%s|%s|%s|%s" "$GIVEN" "${REMOVED-gone}" "$PWD" "$1"',
                "sh",
                awkward,
            ],
        });
        const output = execFileSync("bash", ["--norc", "-c", script], {
            encoding: "utf8",
            env: { PATH: process.env.PATH, REMOVED: "still here" },
        });
        expect(output).to.equal(`${awkward}|gone|/|${awkward}`);
    });
});
