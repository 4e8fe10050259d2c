import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PAGES, readBlocks } from "../support/pages";

describe("The manual's pages", () => {
    it("show changes that fit the files as they are, one page after the other", () => {
        const folder = mkdtempSync(join(tmpdir(), "pages-"));
        try {
            cpSync("stacks", join(folder, "stacks"), { recursive: true });
            execFileSync("git", ["init", "--quiet"], { cwd: folder });
            const diffs = PAGES.flatMap((page) =>
                readBlocks(readFileSync(`docs/${page}.md`, "utf8")).filter(({ kind }) => kind === "diff"),
            );
            expect(diffs).to.have.length(2);
            for (const { text } of diffs) {
                execFileSync("git", ["apply", "--recount"], { cwd: folder, input: text });
            }
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    it("are read as a reader does: commands, what they print, and whether they fail", () => {
        const page =
            "```sh fails\nmake x\n```\n\n```text\na … b\n```\n\nText.\n\n```yaml\na: 1\n```\n\n```diff\n-a\n+b\n```\n";
        expect(readBlocks(page)).to.deep.equal([
            { kind: "sh", fails: true, text: "make x\n", shown: ["a … b", ""] },
            { kind: "diff", fails: false, text: "-a\n+b\n", shown: [] },
        ]);
    });
});
