import { expect } from "chai";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { confirmed } from "../../../tools/verify-aws/confirm";

const MAIN = join(__dirname, "..", "..", "..", "tools", "verify-aws", "main.ts");

async function typed(...lines: readonly string[]): Promise<boolean> {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const answer = confirmed("Deploy? ", input, output);
    expect(String(output.read())).to.equal("Deploy? ");
    for (const line of lines) {
        input.write(line);
    }
    input.end();
    return answer;
}

describe("The question before anything is spent", () => {
    it('takes "yes", and nothing else', async () => {
        expect(await typed("yes\n")).to.equal(true);
        expect(await typed("  yes \n")).to.equal(true);
        for (const other of ["no\n", "y\n", "YES\n", "yes please\n", "\n", "no\nyes\n", "\u0000\u001b[A\n"]) {
            expect(await typed(other), JSON.stringify(other)).to.equal(false);
        }
    });

    it("takes the end of the input for no, rather than wait for ever or go on", async () => {
        expect(await typed()).to.equal(false);
        expect(await typed("ye")).to.equal(false);
    });

    it("is asked by the command: without an answer nothing is deployed, and the command fails", async () => {
        const { code, stdout } = await new Promise<{ code: unknown; stdout: string }>((resolve) => {
            const child = execFile(
                process.execPath,
                ["--import", "tsx", MAIN, "--rehearse"],
                (error, out) => {
                    resolve({ code: error?.code ?? 0, stdout: out });
                },
            );
            child.stdin?.end();
        });
        expect(stdout).to.match(/and \$\d\.\d\d, at [^]*Only "yes" is taken: [^]*Nothing was deployed\.\n$/);
        expect(code).to.equal(1);
    });
});
