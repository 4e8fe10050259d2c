import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";
import type { MeshLab } from "../../local/lab/MeshLab";
import { startLab, stopLab } from "./support/deployed";
import { count, Edge, forget, seenBy } from "./support/traffic";

const inventory = "inventory-service";
const observedMs = 20_000;

describe("14 instances behind answers of 8 addresses", () => {
    let lab: MeshLab;
    let edge: Edge;

    before(async function () {
        const options = { network: 6, instances: { [inventory]: 14 } };
        lab = await startLab(this, [inventory, "order-service", "product-service"], options);
        edge = new Edge(lab, "order-service", inventory);
        await edge.knows(14);
    });

    after(async () => {
        await stopLab(lab);
    });

    it("are all known, and stay known", async () => {
        const instances = lab.instances(inventory);
        expect(count(await edge.load(140, 4), 200)).to.equal(140);
        expect(seenBy(instances).every((seen) => seen > 0)).to.equal(true);
        forget(instances);
    });

    it("stay ejected: a failing one gets 5 requests, however often the name is looked up", async () => {
        const instances = lab.instances(inventory);
        const [bad] = instances;
        bad!.stub.reply = { status: 500 };
        const lookedUp = await edge.statistic("update_success");
        const end = Date.now() + observedMs;
        const statuses: number[] = [];
        while (Date.now() < end) {
            statuses.push(...(await edge.load(28, 1, { method: "POST" })));
            await sleep(200);
        }
        expect((await edge.statistic("update_success")) - lookedUp).to.be.at.least(3);
        expect(await edge.statistic("membership_total")).to.equal(14);
        expect(seenBy([bad!])).to.deep.equal([5]);
        expect(count(statuses, 500)).to.equal(5);
        expect(count(statuses, 200)).to.equal(statuses.length - 5);
    });

    it("get at most 1.25 times the requests when all fail, at 20 requests at once", async () => {
        const instances = lab.instances(inventory);
        const other = new Edge(lab, "product-service", inventory);
        await other.knows(14);
        forget(instances);
        for (const { stub } of instances) {
            stub.reply = { status: 503, delayMs: 20 };
        }
        const statuses = await other.load(200, 20);
        expect(count(statuses, 503)).to.equal(200);
        const attempts = instances.flatMap(({ stub }) => stub.seen.map(({ path }) => path));
        const reached = new Set(attempts).size;
        expect(reached).to.be.greaterThan(30);
        expect(attempts.length / reached).to.be.at.most(1.25);
    });
});
