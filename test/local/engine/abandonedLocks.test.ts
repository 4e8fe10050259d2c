import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { releaseAbandonedLocks } from "../../../local/engine/abandonedLocks";

describe("Locks that an engine left behind", () => {
    let state: string;
    beforeEach(() => {
        state = mkdtempSync(join(tmpdir(), "locks-"));
    });
    afterEach(() => {
        rmSync(state, { recursive: true });
    });

    function lock(stack: string, text: string): string {
        const folder = join(state, ".pulumi", "locks", "organization", "traffic", stack);
        mkdirSync(folder, { recursive: true });
        const file = join(folder, "one.json");
        writeFileSync(file, text);
        return file;
    }

    const owned = (pid: number, host = hostname()): string => JSON.stringify({ pid, hostname: host });
    /** The number of a process that has ended. */
    const gone = (): number => spawnSync("true").pid;

    it("are released when their engine is gone, and only then", () => {
        const pid = gone();
        const abandoned = lock("dev", owned(pid));
        const held = lock("prod", owned(process.pid));
        const elsewhere = lock("far", owned(pid, `not-${hostname()}`));
        const unfinished = lock("new", '{"pid": 1');

        expect(releaseAbandonedLocks(state)).to.deep.equal([{ stack: "dev", pid }]);
        expect([abandoned, held, elsewhere, unfinished].map((file) => existsSync(file))).to.deep.equal([
            false,
            true,
            true,
            true,
        ]);
    });

    it("need not be there", () => {
        expect(releaseAbandonedLocks(state)).to.deep.equal([]);
    });
});
