import { expect } from "chai";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { ToolUnavailable } from "../../../local/setup/pinnedTool";
import { actionlint, zizmor } from "../../../tools/workflow-lint/linters";

const root = resolve(__dirname, "../../..");

/** A linter that cannot be installed skips its suite loudly; in CI that is a failure. */
async function required(context: Mocha.Context, linter: () => Promise<string>): Promise<string> {
    try {
        return await linter();
    } catch (error) {
        if (!(error instanceof ToolUnavailable) || process.env.CI !== undefined) {
            throw error;
        }
        process.stderr.write(`\n*** SKIPPED, needs a linter: ${error.message}\n`);
        return context.skip();
    }
}

/** What the linter prints of a project, and how it ends. */
async function lint(
    binary: string,
    args: readonly string[],
    cwd: string,
): Promise<{ code: number; output: string }> {
    try {
        const { stdout } = await promisify(execFile)(binary, args, { cwd });
        return { code: 0, output: stdout };
    } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, output: `${stdout}${stderr}` };
    }
}

/** Lints a copy of the workflows in which a text stands instead of another. */
async function lintEdited(
    binary: string,
    args: readonly string[],
    file: string,
    from: string,
    to: string,
): Promise<{ code: number; output: string }> {
    const folder = mkdtempSync(join(tmpdir(), "workflows-"));
    try {
        cpSync(join(root, ".github"), join(folder, ".github"), { recursive: true });
        const path = join(folder, ".github/workflows", file);
        const text = readFileSync(path, "utf8");
        expect(text).to.contain(from);
        writeFileSync(path, text.replace(from, to));
        await promisify(execFile)("git", ["init", "--quiet", folder]);
        return await lint(binary, args, folder);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

describe("The workflows, read by public linters", () => {
    describe("actionlint", () => {
        const args = ["-color=false"];
        let binary: string;
        before(async function () {
            binary = await required(this, actionlint);
        });

        it("finds nothing", async () => {
            expect(await lint(binary, args, root)).to.deep.equal({ code: 0, output: "" });
        });

        it("finds an output that no job has", async () => {
            const edited = await lintEdited(
                binary,
                args,
                "upkeep.yml",
                "outputs.dev }}\n    permissions",
                "outputs.dve }}\n    permissions",
            );
            expect(edited.code).to.equal(1);
            expect(edited.output).to.contain('property "dve" is not defined');
        });
    });

    describe("zizmor", () => {
        const args = ["--offline", "--no-progress", "--color=never", ".github"];
        let binary: string;
        before(async function () {
            binary = await required(this, zizmor);
        });

        it("finds nothing", async () => {
            const { code, output } = await lint(binary, args, root);
            expect(code, output).to.equal(0);
        });

        it("finds an action that is not pinned, and a title in a script", async () => {
            const pin = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
            const unpinned = await lintEdited(binary, args, "preview.yml", pin, "actions/checkout@v7");
            expect(unpinned.code).to.not.equal(0);
            expect(unpinned.output).to.contain("unpinned-uses");
            const title = "echo ${{ github.event.pull_request.title }}\n          cat comments";
            const injected = await lintEdited(binary, args, "preview.yml", "cat comments", title);
            expect(injected.output).to.contain("template-injection");
        });
    });
});
