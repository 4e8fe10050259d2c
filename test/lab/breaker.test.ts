import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";
import type { MeshLab } from "../../local/lab/MeshLab";
import { startLab, stopLab } from "./support/deployed";
import { count, Edge } from "./support/traffic";

const post = { method: "POST" };

/** Envoy looks every 5 s whether an ejection is over; a busy machine lets it look somewhat later. */
const sweepLateSeconds = 2;

/** What happened between the fifth failure and the first success after it. */
interface Opening {
    readonly statuses: readonly number[];
    readonly reached: number;
    readonly reachedWhileOpen: number;
    readonly healthChecksPassed: number;
    /** At least: from the fifth failure's answer until the last request was sent that failed fast. */
    readonly openForSeconds: number;
    /** From before the fifth failure until the first success had its answer. */
    readonly closedAfterSeconds: number;
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
        let fifth = { sentAt: 0, answeredAt: 0 };
        for (let attempt = 0; attempt < 12; attempt += 1) {
            const sentAt = Date.now();
            statuses.push(await edge.ask(post));
            fifth = attempt === 4 ? { sentAt, answeredAt: Date.now() } : fifth;
        }
        const reached = stub.seen.length;
        stub.reply = { status: 200 };
        const passed = await edge.statistic("health_check.success");
        let lastSentAt = Date.now();
        let nextSentAt = lastSentAt;
        while ((await edge.ask(post)) !== 200) {
            if (nextSentAt - fifth.answeredAt > 90_000) {
                throw new Error("the breaker did not close within 90 s");
            }
            await sleep(100);
            [lastSentAt, nextSentAt] = [nextSentAt, Date.now()];
        }
        return {
            statuses,
            reached,
            reachedWhileOpen: stub.seen.length - reached - 1,
            healthChecksPassed: (await edge.statistic("health_check.success")) - passed,
            openForSeconds: (lastSentAt - fifth.answeredAt) / 1000,
            closedAfterSeconds: (Date.now() - fifth.sentAt) / 1000,
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
        const { openForSeconds, closedAfterSeconds } = await sequential;
        expect(closedAfterSeconds).to.be.at.least(60);
        expect(openForSeconds).to.be.at.most(65 + sweepLateSeconds);
    });

    it("is not closed by health checks that pass", async () => {
        const { healthChecksPassed, reachedWhileOpen } = await sequential;
        expect(healthChecksPassed).to.be.at.least(10);
        expect(reachedWhileOpen).to.equal(0);
    });
});
