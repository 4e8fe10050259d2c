import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(__dirname, "..", "..");
const program = `
    require("./stacks/promiseTraces");
    const pulumi = require("@pulumi/pulumi");
    const { debuggablePromise, promiseDebugString } = require("@pulumi/pulumi/runtime/debuggable");
    const promise = Promise.resolve("kept");
    const answer = debuggablePromise(promise, "a promise");
    class Part extends pulumi.ComponentResource {}
    try {
        new Part("shop:Part", undefined);
    } catch (error) {
        var thrown = error.stack;
    }
    answer.then((value) => console.log(JSON.stringify({ value, trace: promiseDebugString(promise), thrown })));
`;

/** What a program meets that loads the module first. */
function run(environment: NodeJS.ProcessEnv = {}): Record<"value" | "trace" | "thrown", string> {
    const args = ["--require", "tsx/cjs", "--eval", program];
    const env = { ...process.env, ...environment };
    return JSON.parse(
        execFileSync(process.execPath, args, { cwd: root, env, encoding: "utf8" }),
    ) as ReturnType<typeof run>;
}

describe("The traces of Pulumi's promises", () => {
    it("are left out, and errors keep theirs", () => {
        const { value, trace, thrown } = run();
        expect(value).to.equal("kept");
        expect(trace).to.match(/^CONTEXT\(\d+\): a promise\nSTACK_TRACE:\nError$/);
        expect(thrown).to.match(/Missing resource name argument.*\n +at /);
    });

    it("are kept where the leak detector is to print them", () => {
        expect(run({ PULUMI_DEBUG_PROMISE_LEAKS: "true" }).trace).to.match(/\n +at debuggablePromise /);
    });
});
