import { expect } from "chai";
import type { MeshLab } from "../../local/lab/MeshLab";
import { startLab, stopLab } from "./support/deployed";
import { count, Edge, forget, seenBy } from "./support/traffic";

const post = { method: "POST" };

describe("A service with 4 instances", () => {
    let lab: MeshLab;

    before(async function () {
        lab = await startLab(this, ["payment-service", "inventory-service", "order-service"], {
            network: 5,
            instances: { "payment-service": 4, "inventory-service": 4 },
        });
        await new Edge(lab, "order-service", "payment-service").knows(4);
        await new Edge(lab, "order-service", "inventory-service").knows(4);
    });

    after(async () => {
        await stopLab(lab);
    });

    it("gets its requests round robin, even to the request", async () => {
        const instances = lab.instances("inventory-service");
        await new Edge(lab, "order-service", "inventory-service").load(400, 1);
        expect(seenBy(instances)).to.deep.equal([100, 100, 100, 100]);
        forget(instances);
    });

    it("answers 200 of 200 reads while one instance fails, with retries", async () => {
        const [bad, ...good] = lab.instances("inventory-service");
        bad!.stub.reply = { status: 500 };
        const statuses = await new Edge(lab, "order-service", "inventory-service").load(200, 1);
        expect(count(statuses, 200)).to.equal(200);
        expect(seenBy([bad!])).to.deep.equal([5]);
        expect(seenBy(good).reduce((sum, each) => sum + each)).to.equal(200);
    });

    it("answers at least 195 of 200 writes while one instance fails, without retries", async () => {
        const instances = lab.instances("payment-service");
        instances[0]!.stub.reply = { status: 500 };
        const statuses = await new Edge(lab, "order-service", "payment-service").load(200, 1, post);
        expect(count(statuses, 200)).to.be.at.least(195);
        expect(count(statuses, 500)).to.equal(5);
    });

    it("does not panic when 3 of 4 fail: each gets 5 requests and no more", async () => {
        const instances = lab.instances("payment-service");
        for (const { stub } of instances.slice(1, 3)) {
            stub.reply = { status: 500 };
        }
        forget(instances);
        const edge = new Edge(lab, "order-service", "payment-service");
        const statuses = await edge.load(400, 1, post);
        expect(seenBy(instances), "the first is out already").to.deep.equal([0, 5, 5, 390]);
        expect(count(statuses, 500)).to.equal(10);
        expect(await edge.statistic("lb_healthy_panic")).to.equal(0);
    });
});

describe("A service with one slow and one idle instance", () => {
    let lab: MeshLab;

    before(async function () {
        lab = await startLab(this, ["product-service", "search-service"], {
            network: 8,
            instances: { "product-service": 2 },
        });
        await new Edge(lab, "search-service", "product-service").knows(2);
    });

    after(async () => {
        await stopLab(lab);
    });

    it("gets at least 70 % of its requests at the idle one, by least request", async () => {
        const instances = lab.instances("product-service");
        instances[0]!.stub.reply = { status: 200, delayMs: 500 };
        const statuses = await new Edge(lab, "search-service", "product-service").load(600, 8);
        expect(count(statuses, 200)).to.equal(600);
        const [, idle = 0] = seenBy(instances);
        expect(idle / 600).to.be.at.least(0.7);
    });
});
