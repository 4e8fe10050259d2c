import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { firstDeploy, READERS_COMMAND } from "../support/engine/deployedShop";
import type { EngineResult } from "../support/engine/EngineRun";
import { SHOP } from "../support/engine/LocalEngine";
import { asReader, readersClone } from "../support/engine/readersClone";
import { PAGES, readBlocks, type Block } from "../support/pages";

/** The lines of a `text` block, each anywhere in the output, in this order; `…` is any text of the line. */
function expectShown(shown: readonly string[], output: string): void {
    let from = 0;
    const lines = output.split("\n");
    for (const wanted of shown.filter((line) => line.trim() !== "")) {
        const parts = wanted
            .trim()
            .split("…")
            .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
        const pattern = new RegExp(parts.join(".*"));
        const at = lines.findIndex((line, index) => index >= from && pattern.test(line));
        expect(at, `"${wanted}" does not come in:\n${output}`).to.be.at.least(0);
        from = at + 1;
    }
}

describe("The manual, followed word for word", () => {
    let folder: string;
    let first: EngineResult;
    before(async () => {
        // The first command was run in such a clone once for all files: this one goes on where it ended.
        const { up, stateFolder } = await firstDeploy();
        first = up;
        const parent = join(SHOP, ".local");
        mkdirSync(parent, { recursive: true });
        folder = readersClone(parent);
        cpSync(dirname(stateFolder), join(folder, ".local"), { recursive: true });
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    async function follow({ kind, fails, text, shown }: Block): Promise<void> {
        if (kind === "diff") {
            execFileSync("git", ["apply", "--recount"], { cwd: folder, input: text });
            return;
        }
        const { code, output } = text.trim() === READERS_COMMAND ? first : await asReader(folder, text);
        expect(code === 0, `${text}\n${output}`).to.equal(!fails);
        expectShown(shown, output);
    }

    for (const page of PAGES) {
        const blocks = readBlocks(readFileSync(join(SHOP, "docs", `${page}.md`), "utf8"));
        describe(`docs/${page}.md`, () => {
            for (const block of blocks) {
                const [first = ""] = block.text.trim().split("\n");
                it(block.fails ? `${first} (fails)` : first, () => follow(block));
            }
        });
    }
});
