import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";
import type { MeshLab } from "../../local/lab/MeshLab";
import { startLab, stopLab } from "./support/deployed";
import { count, Edge } from "./support/traffic";

const post = { method: "POST" };

/** What happened between the fifth failure and the first success after it. */
interface Opening {
    readonly statuses: readonly number[];
    readonly reached: number;
    readonly reachedWhileOpen: number;
    readonly healthChecksPassed: number;
    readonly openSeconds: number;
}

/** Concurrency to the requests that reached the service. */
type Reached = Readonly<Record<number, number>>;

describe("The circuit breaker towards a service with one instance", () => {
    let lab: MeshLab;
    let sequential: Promise<Opening>;
    let concurrent: Promise<Reached>;

    before(async function () {
        const callees = ["payment-service", "inventory-service", "user-service", "notification-service"];
        lab = await startLab(this, [...callees, "order-service"], { network: 4 });
        await Promise.all(
            (["payment-service", "inventory-service", "user-service", "notification-service"] as const).map(
                (callee) => new Edge(lab, "order-service", callee).knows(1),
            ),
        );
        concurrent = openAt({ 4: "inventory-service", 10: "user-service", 32: "notification-service" });
        await concurrent;
        sequential = openAndRecover(new Edge(lab, "order-service", "payment-service"));
        sequential.catch(() => undefined);
    });

    after(async () => {
        await stopLab(lab);
    });

    async function openAndRecover(edge: Edge): Promise<Opening> {
        const stub = lab.stub(edge.callee);
        stub.reply = { status: 500 };
        const statuses: number[] = [];
        let opened = 0;
        for (let attempt = 0; attempt < 12; attempt += 1) {
            statuses.push(await edge.ask(post));
            opened = attempt === 4 ? Date.now() : opened;
        }
        const reached = stub.seen.length;
        stub.reply = { status: 200 };
        const passed = await edge.statistic("health_check.success");
        while ((await edge.ask(post)) !== 200) {
            if (Date.now() - opened > 90_000) {
                throw new Error("the breaker did not close within 90 s");
            }
            await sleep(100);
        }
        const openSeconds = (Date.now() - opened) / 1000;
        return {
            statuses,
            reached,
            reachedWhileOpen: stub.seen.length - reached - 1,
            healthChecksPassed: (await edge.statistic("health_check.success")) - passed,
            openSeconds,
        };
    }

    async function openAt(callees: Readonly<Record<number, Edge["callee"]>>): Promise<Reached> {
        const results: Record<number, number> = {};
        for (const [concurrency, callee] of Object.entries(callees)) {
            const stub = lab.stub(callee);
            stub.reply = { status: 500, delayMs: 20 };
            const statuses = await new Edge(lab, "order-service", callee).load(
                200,
                Number(concurrency),
                post,
            );
            expect(count(statuses, 500) + count(statuses, 503)).to.equal(200);
            results[Number(concurrency)] = stub.seen.length;
        }
        return results;
    }

    it("lets exactly 5 failures through one after another, and then fails fast", async () => {
        const { statuses, reached } = await sequential;
        expect(statuses).to.deep.equal([...Array<number>(5).fill(500), ...Array<number>(7).fill(503)]);
        expect(reached).to.equal(5);
    });

    it("lets at most 4 + c through at c requests at once", async () => {
        for (const [concurrency, reached] of Object.entries(await concurrent)) {
            expect(reached, `at ${concurrency}`).to.be.within(5, 4 + Number(concurrency));
        }
    });

    it("is open for 60 to 65 s, and then lets requests through again", async () => {
        expect((await sequential).openSeconds).to.be.within(60, 65.5);
    });

    it("is not closed by health checks that pass", async () => {
        const { healthChecksPassed, reachedWhileOpen } = await sequential;
        expect(healthChecksPassed).to.be.at.least(10);
        expect(reachedWhileOpen).to.equal(0);
    });
});
