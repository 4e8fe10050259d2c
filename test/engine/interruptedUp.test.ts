import { expect } from "chai";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { EngineRun } from "../support/engine/EngineRun";
import { accountOf, nameOf, readCheckpoint, stateAndAccount } from "../support/engine/checkpoint";
import { LocalEngine } from "../support/engine/LocalEngine";
import { descendants, survivors } from "../support/engine/processes";

const PROJECT = join(__dirname, "fixtures", "faults");
const CLEAR = ["refresh", "--yes", "--skip-preview", "--clear-pending-creates"];
const HELD_KEY = "create aws:kms/key:Key key held";

/** Names of what the first release makes. */
const WHOLE = ["address", "cluster", "key", "logs", "news"];

/** The language host looks every half second whether the engine lives, a provider every second; a busy machine takes longer. */
const NOTICED = 60_000;

describe("An interrupted `up`", () => {
    let engine: LocalEngine;
    let run: EngineRun | undefined;
    beforeEach(async () => {
        engine = await LocalEngine.create(PROJECT, "test");
    });
    afterEach(async () => {
        // After a test that failed half-way; with the folder goes what holds an answer back.
        run?.signal("SIGKILL");
        await run?.result;
        engine.remove();
    });

    const names = (): string[] =>
        accountOf(engine)
            .all()
            .map(({ urn }) => nameOf(urn))
            .sort();

    const heldBy = (): string => join(engine.stateFolder, "held");
    const letGo = (): void => {
        rmSync(heldBy());
    };

    /** A deploy whose key is there and not yet answered for, until `letGo`; what comes before it is there. */
    async function upInTheMiddle(checkpoints: boolean): Promise<EngineRun> {
        writeFileSync(heldBy(), "");
        run = engine.start(["up", "--yes", "--skip-preview", "--stack", "test"], {
            LOCAL_FAULTS: HELD_KEY,
            LOCAL_FAULTS_HELD_BY: heldBy(),
            PULUMI_SKIP_CHECKPOINTS: String(!checkpoints),
        });
        await run.untilOutput("aws:kms:Key key creating");
        while (!names().includes("key")) {
            await pause(100);
        }
        return run;
    }

    async function expectRepeat(): Promise<void> {
        const repeated = await engine.up();
        expect(repeated.code, repeated.output).to.equal(0);
        const { state, account } = stateAndAccount(engine, "faults");
        expect(account).to.deep.equal(state);
        expect(names()).to.deep.equal(WHOLE);
        expect(readCheckpoint(engine, "faults").pending).to.deep.equal([]);
    }

    async function expectDown(): Promise<void> {
        const down = await engine.destroy();
        expect(down.code, down.output).to.equal(0);
        expect(stateAndAccount(engine, "faults")).to.deep.equal({ state: [], account: [] });
    }

    it("by Ctrl-C: ends what it had begun and writes it down, also in local mode's quick way", async () => {
        const interrupted = await upInTheMiddle(false);
        const started = descendants(interrupted.pid);
        interrupted.signal("SIGINT");
        await interrupted.untilOutput("^C received; cancelling");
        letGo();
        const { code, output } = await interrupted.result;
        expect(code, output).not.to.equal(0);
        expect(await survivors(started, NOTICED)).to.deep.equal([]);

        const { state, account } = stateAndAccount(engine, "faults");
        expect(account).to.deep.equal(state);
        expect(names()).to.include("key").and.not.to.include("address");
        expect(readCheckpoint(engine, "faults").pending).to.deep.equal([]);
        await expectRepeat();
        await expectDown();
    });

    it("while it runs a second one is refused, and says by whom; the first is not disturbed", async () => {
        const first = await upInTheMiddle(false);
        const second = await engine.up();
        expect(second.code).not.to.equal(0);
        expect(second.output).to.include("the stack is currently locked by 1 lock(s)");
        expect(second.output).to.match(new RegExp(`created by \\S+ \\(pid ${first.pid}\\)`));
        letGo();
        expect((await first.result).code).to.equal(0);
        expect(names()).to.deep.equal(WHOLE);
    });

    it("by a killed engine: the state names what was under way, and an import takes it over", async () => {
        const killed = await upInTheMiddle(true);
        const started = descendants(killed.pid);
        killed.signal("SIGKILL");
        await killed.result;
        expect(await survivors(started, NOTICED)).to.deep.equal([]);
        expect(readCheckpoint(engine, "faults").pending).to.deep.equal(["creating key"]);
        const key = accountOf(engine)
            .all()
            .find(({ urn }) => nameOf(urn) === "key");
        const { id = "" } = key ?? {};

        // What docs/operations.md says: forget what was under way, then take over what became of it.
        const cleared = await engine.run([...CLEAR, "--stack", "test"]);
        expect(cleared.code, cleared.output).to.equal(0);
        expect(cleared.output).to.include(
            `released the lock of stack test: the run that held it (process ${killed.pid}) was killed`,
        );
        const take = ["import", "--yes", "--protect=false", "--generate-code=false", "--skip-preview"];
        const taken = await engine.run([...take, "--stack", "test", "aws:kms/key:Key", "key", id]);
        expect(taken.code, taken.output).to.equal(0);
        await expectRepeat();
    });

    it("by a killed engine, in local mode's quick way: the state is as before, and only the account knows", async () => {
        const killed = await upInTheMiddle(false);
        killed.signal("SIGKILL");
        await killed.result;
        expect(readCheckpoint(engine, "faults")).to.deep.equal({ resources: [], pending: [] });

        const repeated = await engine.up();
        expect(repeated.code, repeated.output).to.equal(0);
        expect(repeated.output).to.include("released the lock of stack test");
        const { state, account } = stateAndAccount(engine, "faults");
        const [orphan, ...others] = account.filter((each) => !state.includes(each));
        expect([orphan?.split(" ")[0], others]).to.deep.equal(["aws:kms/key:Key", []]);
    });
});
