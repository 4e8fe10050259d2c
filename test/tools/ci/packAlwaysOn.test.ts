import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { allSteps, root } from "./support/readWorkflows";

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
})
    .trim()
    .split("\n");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** Commands of the engine that judge or change a stack (`pulumi --help`); `update` is another name of `up`. */
const OPERATIONS = ["up", "update", "preview", "destroy", "refresh", "import", "watch", "convert-update"];

/** `local/pulumi up --yes …`: the lines of a script on which the engine is told to do one of them. */
function invocations(script: string): readonly string[] {
    const joined = script.replace(/\\\n\s*/g, " ");
    const arrays = Object.fromEntries(
        [...joined.matchAll(/^\s*(\w+)=\((.*)\)$/gm)].map(([, name = "", items = ""]) => [name, items]),
    );
    const expanded = joined.replace(/"\$\{(\w+)\[@\]\}"/g, (whole, name: string) => arrays[name] ?? whole);
    const called = new RegExp(`\\bpulumi"?\\s+(?:-\\S+\\s+(?:\\S+\\s+)?)*(?:${OPERATIONS.join("|")})\\b`);
    return expanded.split("\n").filter((line) => !/^\s*#/.test(line) && called.test(line));
}

function isScript(file: string): boolean {
    return (
        file === "Makefile" ||
        /\.(sh|bash)$/.test(file) ||
        (!/\.\w+$/.test(file) && read(file).startsWith("#!"))
    );
}

/** Lists in TypeScript that begin with an operation, as `spawn` is given them. */
function operationLists(file: string): readonly string[] {
    const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
        if (ts.isArrayLiteralExpression(node)) {
            const named = node.elements.filter(ts.isStringLiteral).map(({ text }) => text);
            const isList =
                named.some((text) => OPERATIONS.includes(text)) && named.length < node.elements.length + 1;
            const isCommand = OPERATIONS.includes(named[0] ?? "") || named[0] === "-C";
            if (isList && isCommand) {
                found.push(`${file}: ${node.getText().replace(/\s+/g, " ")}`);
            }
        }
        ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
}

describe("The policy pack", () => {
    it("is on wherever a workflow, a script or the Makefile runs the engine", () => {
        const scripts = [
            ...tracked.filter(isScript).map((file) => ({ file, text: read(file) })),
            ...allSteps().map(({ run = "" }, index) => ({ file: `step ${index}`, text: run })),
            ...Object.entries(
                (JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts,
            ).map(([name, text]) => ({ file: `npm run ${name}`, text })),
        ];
        const found = scripts.flatMap(({ file, text }) =>
            invocations(text).map((line) => `${file}: ${line.trim()}`),
        );
        expect(found).to.deep.equal([
            'local/stack: up) exec local/pulumi up --yes --stack "$stack" --policy-pack policies --policy-pack-config stacks/policy-config.json ;;',
            'local/stack: preview) exec local/pulumi preview --stack "$stack" --policy-pack policies --policy-pack-config stacks/policy-config.json ;;',
            // Deletes what local mode emulates; the engine takes no pack for it.
            'local/stack: exec local/pulumi destroy --yes --stack "$stack"',
        ]);
    });

    it("is on wherever TypeScript outside the tests runs the engine", () => {
        const files = tracked.filter((file) => file.endsWith(".ts") && !file.startsWith("test/"));
        expect(files.flatMap(operationLists)).to.deep.equal([
            // Measures previews of programs of its own, with and without packs; deploys nothing.
            'tools/bench/EngineRun.ts: ["-C", folder, "preview", "--stack", stack, "--json", ...policies, ...settings]',
            'tools/ci/engine.ts: ["preview", "--diff", ...underPack]',
            'tools/ci/engine.ts: ["up", "--yes", "--skip-preview", ...underPack]',
            // Compares the state with what is there, and changes neither.
            'tools/ci/engine.ts: ["refresh", "--preview-only", "--diff"]',
            // local/stack, which has the pack.
            'tools/ci/locally.ts: ["up", stack]',
            // Words, no command: the moments of a mutant.
            'tools/mutants/states.ts: ["preview", "up"]',
            // The probe of docs/verify-aws.md: its own program, in an account for trying things, destroyed at once.
            'tools/verify-aws/deployment.ts: ["up", "--yes", "--skip-preview", "--stack", this.name, ...given]',
            'tools/verify-aws/deployment.ts: ["destroy", "--yes", "--skip-preview", "--stack", this.name]',
        ]);
        for (const file of files) {
            expect(read(file), file).to.not.contain("@pulumi/pulumi/automation");
        }
    });

    it("sees an engine that is run without it, however it is written", () => {
        for (const line of [
            "pulumi up --yes",
            "exec local/pulumi -C stacks/delivery up",
            "make x && pulumi --non-interactive update",
            '"$bin/pulumi" destroy',
            "pulumi \\\n    preview",
        ]) {
            expect(invocations(line), line).to.have.length(1);
        }
        expect(invocations("pulumi stack export\n# pulumi up\npulumi version")).to.deep.equal([]);
    });
});
