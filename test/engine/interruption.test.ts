import { expect } from "chai";
import { join } from "node:path";
import type { EngineRun } from "../support/engine/EngineRun";
import { LocalEngine } from "../support/engine/LocalEngine";
import { descendants, survivors } from "../support/engine/processes";

const PROJECT = join(__dirname, "fixtures", "program");
const HANGING = ["preview", "--stack", "test", "--config", "fixture:ending=hang", "--policy-pack", "../pack"];

/** An engine, a language host, a provider, a program and a policy pack, shells left out. */
const AT_LEAST = 4;

/** The language host looks every half second whether the engine lives, a provider every second; a busy machine takes longer. */
const NOTICED = 60_000;

describe("local/pulumi when it is interrupted", () => {
    let engine: LocalEngine;
    let run: EngineRun | undefined;

    before(async () => {
        engine = await LocalEngine.create(PROJECT, "test");
    });
    afterEach(async () => {
        // After a test that failed half-way.
        run?.signal("SIGKILL");
        await run?.result;
    });
    after(() => {
        engine.remove();
    });

    it("cancels on Ctrl-C, releases the stack, and leaves no process", async () => {
        run = engine.start(HANGING);
        await run.untilOutput("the program hangs");
        await run.untilOutput("aws:ecs:Cluster cluster create");
        const started = descendants(run.pid);
        expect(started.length).to.be.at.least(AT_LEAST);

        run.signal("SIGINT");
        const { code, output } = await run.result;
        expect(code, output).not.to.equal(0);
        expect(await survivors(started, NOTICED)).to.deep.equal([]);
        expect((await engine.preview()).code).to.equal(0);
    });

    it("leaves no process when the engine is killed", async () => {
        run = engine.start(HANGING);
        await run.untilOutput("the program hangs");
        await run.untilOutput("aws:ecs:Cluster cluster create");
        const started = descendants(run.pid);
        expect(started.length).to.be.at.least(AT_LEAST);

        run.signal("SIGKILL");
        expect((await run.result).code).to.equal(null);
        expect(await survivors(started, NOTICED)).to.deep.equal([]);
    });
});
