import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(__dirname, "..", "..");
const preload = resolve(root, "local", "onDemand.cjs");

/** What an expression gives in a process that imports the SDK as the language host has programs and packs import it. */
function evaluated(expression: string, args: readonly string[] = ["--require", preload]): unknown {
    const code = `
        const pulumi = require("@pulumi/pulumi");
        const loaded = (part) => Object.keys(require.cache).some((file) => file.includes(part));
        Promise.resolve(${expression}).then((value) => console.log(JSON.stringify(value)));
    `;
    const given = [...args, "--eval", code];
    const output = execFileSync(process.execPath, given, { cwd: root, encoding: "utf8", stdio: "pipe" });
    return JSON.parse(output);
}

const loaded = `["/typescript/lib/", "/@npmcli/arborist/"].map(loaded)`;
const exported = `["codePaths", "serializeClosure"].map((file) =>
    Object.keys(require("@pulumi/pulumi/runtime/closure/" + file)).sort())`;
const serialized = `pulumi.runtime.serializeFunction(() => 6 * 7).then(({ text }) => text)`;

describe("What the SDK needs for functions that run elsewhere", () => {
    it("is not loaded by importing it", () => {
        expect(evaluated(loaded)).to.deep.equal([false, false]);
        expect(evaluated(loaded, [])).to.deep.equal([true, true]);
    });

    it("is there under the same names", () => {
        expect(evaluated(exported)).to.deep.equal(evaluated(exported, []));
    });

    it("does the same when it is asked for", () => {
        const text = evaluated(serialized);
        expect(text).to.contain("6 * 7");
        expect(text).to.equal(evaluated(serialized, []));
        const paths = "pulumi.runtime.computeCodePaths().then((all) => [...all.keys()].sort())";
        expect(evaluated(paths)).to.deep.equal(evaluated(paths, []));
    });
});
