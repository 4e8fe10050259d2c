import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onceForAll } from "../../support/engine/onceForAll";

describe("What one of several processes makes for all", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "once-for-all-"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    const ask = (make: () => Promise<string>, pid?: number): Promise<string> => onceForAll(folder, make, pid);
    const refusal = (asked: Promise<string>): Promise<unknown> =>
        asked.then(
            (result) => result,
            (error: unknown) => String(error),
        );
    const never = (): Promise<string> => Promise.reject(new Error("asked a second time"));

    it("is made once, for those who ask before it is there and after", async () => {
        let make: (result: string) => void = () => undefined;
        const first = ask(
            () =>
                new Promise((resolve) => {
                    make = resolve;
                }),
        );
        const second = ask(never);
        make("deployed");
        expect(await Promise.all([first, second, ask(never)])).to.deep.equal(Array(3).fill("deployed"));
    });

    it("fails for all where it fails", async () => {
        const first = refusal(ask(() => Promise.reject(new Error("no engine"))));
        const says = `Error: process ${process.pid}, which made this for all, could not: Error: no engine`;
        expect([await first, await refusal(ask(never))]).to.deep.equal([says, says]);
    });

    it("is not waited for any longer when its maker has died", async () => {
        const child = spawn(process.execPath, ["--eval", ""]);
        await once(child, "exit");
        void ask(() => new Promise(() => undefined), child.pid);
        expect(await refusal(ask(never))).to.equal(
            `Error: process ${child.pid}, which made this for all, died before it had`,
        );
    });
});
