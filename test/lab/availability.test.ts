import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";
import type { MeshLab } from "../../local/lab/MeshLab";
import { startLab, stopLab } from "./support/deployed";
import { count, Edge, seenBy, until } from "./support/traffic";

const reply = { status: 200, delayMs: 10 };

describe("While traffic runs", () => {
    let lab: MeshLab;

    before(async function () {
        const members = ["payment-service", "inventory-service", "order-service", "product-service"];
        lab = await startLab(this, members, {
            network: 9,
            instances: { "payment-service": 2, "inventory-service": 2 },
        });
        for (const callee of ["payment-service", "inventory-service"] as const) {
            for (const { stub } of lab.instances(callee)) {
                stub.reply = reply;
            }
            await new Edge(lab, "order-service", callee).knows(2);
        }
        await new Edge(lab, "product-service", "inventory-service").knows(2);
    });

    after(async () => {
        await stopLab(lab);
    });

    it("a deployment that replaces an instance fails no request, not even a write", async () => {
        const edge = new Edge(lab, "order-service", "payment-service");
        const stream = edge.stream(4, { method: "POST" });
        const [fresh] = await lab.add("payment-service");
        await edge.knows(3);
        const [old] = lab.instances("payment-service");
        // ECS does not promise to deregister first: here the name still leads to the old task until it has ended.
        await old!.terminate();
        lab.deregister(old!);
        await edge.knows(2);
        await until("the new instance has its share", () => seenBy([fresh!])[0]! > 50);
        const statuses = await stream.end();
        expect(count(statuses, 200)).to.equal(statuses.length);
    });

    it("a sidecar that is killed fails no read", async () => {
        const [killed] = lab.instances("inventory-service");
        const streams = [
            new Edge(lab, "order-service", "inventory-service").stream(1),
            new Edge(lab, "product-service", "inventory-service").stream(4),
        ];
        await sleep(1000);
        killed!.envoy.kill();
        await sleep(10_000);
        for (const stream of streams) {
            await until("requests came to it and would have come", () => stream.answered() > 200);
            const statuses = await stream.end();
            expect(statuses.length - count(statuses, 200), "failed").to.equal(0);
        }
    });
});
