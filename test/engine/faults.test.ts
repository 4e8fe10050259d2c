import { expect } from "chai";
import { join } from "node:path";
import type { EngineResult } from "../support/engine/EngineRun";
import { accountOf, nameOf, readCheckpoint, stateAndAccount } from "../support/engine/checkpoint";
import { LocalEngine } from "../support/engine/LocalEngine";

const PROJECT = join(__dirname, "fixtures", "faults");

/** As on a real account: the engine writes down each step. */
const CAREFUL = { PULUMI_SKIP_CHECKPOINTS: "false" };

const CLUSTER = "aws:ecs/cluster:Cluster cluster";
const ADDRESS = "aws:ssm/parameter:Parameter address";
const KEY = "aws:kms/key:Key key";
const LOGS = "aws:cloudwatch/logGroup:LogGroup logs";

describe("A deploy whose provider fails", () => {
    let engine: LocalEngine;
    before(async () => {
        engine = await LocalEngine.create(PROJECT, "test");
    });
    after(() => {
        engine.remove();
    });

    const up = (release: 1 | 2, faults = ""): Promise<EngineResult> =>
        engine.up({
            config: { "faults:release": String(release) },
            environment: { ...CAREFUL, LOCAL_FAULTS: faults },
        });

    const things = (): Readonly<Record<string, unknown>> =>
        Object.fromEntries(
            accountOf(engine)
                .all()
                .map(({ urn, inputs }) => [nameOf(urn), inputs.name ?? inputs.retentionInDays ?? "made"]),
        );

    function leftBehind(): readonly string[] {
        const { state, account } = stateAndAccount(engine, "faults");
        return account.filter((each) => !state.includes(each));
    }

    function expectNothingLost(): void {
        const { state, account } = stateAndAccount(engine, "faults");
        expect(account).to.deep.equal(state);
        expect(readCheckpoint(engine, "faults").pending).to.deep.equal([]);
    }

    /** It fails, with nothing lost. */
    async function fails(release: 1 | 2, fault: string, says: string): Promise<void> {
        const failed = await up(release, fault);
        expect(failed.code, failed.output).not.to.equal(0);
        expect(failed.output).to.include(says);
        expectNothingLost();
    }

    async function ends(release: 1 | 2): Promise<void> {
        const repeated = await up(release);
        expect(repeated.code, repeated.output).to.equal(0);
        expectNothingLost();
    }

    const first = { address: "/shop/cluster", cluster: "shop", key: "made", logs: "/shop", news: "news" };
    const second = {
        address: "/shop/cluster",
        cluster: "store",
        key: "made",
        logs: "/shop",
        release: "/shop/release",
    };

    it("refuses inputs, then to create, then creates what never becomes ready: each repeat goes on from there", async () => {
        await fails(1, `check ${CLUSTER} refused`, "LOCAL_FAULTS refuses to check");
        expect(things()).not.to.include.keys("cluster", "key");
        await fails(1, `create ${KEY} refused`, "LOCAL_FAULTS refuses to create");
        expect(things()).to.include.keys("cluster").and.not.to.include.keys("key");
        await fails(1, `create ${ADDRESS} unready`, "address did not become ready");
        expect(things()).to.deep.equal(first);

        await ends(1);
        expect(things()).to.deep.equal(first);
    });

    it("refuses to update, then to delete what was replaced", async () => {
        await fails(2, `update ${LOGS} refused`, "LOCAL_FAULTS refuses to update");
        await fails(2, `delete ${CLUSTER} refused`, "LOCAL_FAULTS refuses to delete");
        const clusters = readCheckpoint(engine, "faults").resources.filter(
            ({ urn }) => nameOf(urn) === "cluster",
        );
        expect(clusters.map((each) => [each.inputs.name, each.delete])).to.have.deep.members([
            ["store", false],
            ["shop", true],
        ]);

        await ends(2);
        expect(things()).to.deep.equal(second);
        expect(accountOf(engine).all()).to.have.length(5);
    });

    it("refuses to delete on the way down: down again leaves nothing", async () => {
        const failed = await engine.destroy({
            environment: { ...CAREFUL, LOCAL_FAULTS: `delete ${CLUSTER} refused` },
        });
        expect(failed.code, failed.output).not.to.equal(0);
        expectNothingLost();
        expect(things()).to.deep.equal({ cluster: "store" });

        const again = await engine.destroy();
        expect(again.code, again.output).to.equal(0);
        expect(stateAndAccount(engine, "faults")).to.deep.equal({ state: [], account: [] });
    });

    it("dies with the answer: only the account knows what it had made, and the repeat makes another", async () => {
        const failed = await up(1, `create ${KEY} lost`);
        expect(failed.code).not.to.equal(0);
        expect(failed.output).to.include("exited prematurely");
        // The engine takes it for not made, and writes down no pending operation.
        expect(readCheckpoint(engine, "faults").pending).to.deep.equal([]);
        const [orphan] = leftBehind();
        expect(orphan).to.match(/^aws:kms\/key:Key /);

        const repeated = await up(1);
        expect(repeated.code, repeated.output).to.equal(0);
        expect(leftBehind()).to.deep.equal([orphan]);
        await engine.destroy();
        expect(stateAndAccount(engine, "faults")).to.deep.equal({ state: [], account: [orphan] });
    });
});
