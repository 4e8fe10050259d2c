import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { LocalEngine, SHOP } from "../support/engine/LocalEngine";
import { EngineRun } from "../support/engine/EngineRun";
import { PAGES, readBlocks, type Block } from "../support/pages";

/** A reader's clone: what git knows of this checkout, and what would be committed next. */
function clone(): string {
    mkdirSync(join(SHOP, ".local"), { recursive: true });
    const folder = mkdtempSync(join(SHOP, ".local", "pages-"));
    const list = ["ls-files", "--cached", "--others", "--exclude-standard"];
    for (const file of execFileSync("git", list, { cwd: SHOP, encoding: "utf8" }).trim().split("\n")) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        cpSync(join(SHOP, file), join(folder, file));
    }
    execFileSync("git", ["init", "--quiet"], { cwd: folder });
    appendFileSync(join(folder, ".git/info/exclude"), "node_modules\n");
    symlinkSync(join(SHOP, "node_modules"), join(folder, "node_modules"));
    return folder;
}

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
    before(async () => {
        // Builds the engine where there is none.
        (await LocalEngine.create(SHOP, "dev")).remove();
        folder = clone();
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    // As a reader's shell would be: nothing that this test run sets for itself.
    const environment = Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^(PULUMI|LOCAL_STATE_DIR|MAKE|MFLAGS)/.test(name)),
    );

    async function follow({ kind, fails, text, shown }: Block): Promise<void> {
        if (kind === "diff") {
            execFileSync("git", ["apply", "--recount"], { cwd: folder, input: text });
            return;
        }
        const { code, output } = await new EngineRun("bash", ["-euo", "pipefail", "-c", text], {
            cwd: folder,
            env: environment,
        }).result;
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
