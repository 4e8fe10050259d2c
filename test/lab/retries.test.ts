import { expect } from "chai";
import type { MeshLab } from "../../local/lab/MeshLab";
import type { StubReply } from "../../local/lab/StubService";
import { startLab, stopLab } from "./support/deployed";
import { Edge, forget, seenBy } from "./support/traffic";

const failures: Readonly<Record<string, StubReply>> = {
    "a 503": { status: 503 },
    "a 500": { status: 500 },
    "a reset": { status: 0, ending: "reset" },
};

describe("A failed request", () => {
    let lab: MeshLab;
    let payment: Edge;

    before(async function () {
        lab = await startLab(this, ["payment-service", "order-service"], {
            network: 7,
            instances: { "payment-service": 2 },
        });
        payment = new Edge(lab, "order-service", "payment-service");
        await payment.knows(2);
    });

    after(async () => {
        await stopLab(lab);
    });

    afterEach(() => {
        forget(lab.instances("payment-service"));
    });

    for (const [name, reply] of Object.entries(failures)) {
        for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
            it(`is not repeated: ${method} to payment after ${name}`, async () => {
                const instances = lab.instances("payment-service");
                for (const { stub } of instances) {
                    stub.next.push(reply);
                }
                expect(await payment.ask({ method, path: "/charges" })).to.be.at.least(500);
                expect(seenBy(instances).reduce((sum, each) => sum + each)).to.equal(1);
                for (const { stub } of instances) {
                    stub.next.length = 0;
                }
                // A success in between, or the breaker would open and the next case would reach nobody.
                expect(await payment.load(2, 1, { method })).to.deep.equal([200, 200]);
            });
        }

        it(`is repeated with success: GET after ${name}`, async () => {
            const instances = lab.instances("payment-service");
            for (const { stub } of instances) {
                stub.reply = { status: 200 };
            }
            const [first] = instances;
            first!.stub.next.push(reply);
            expect(await payment.load(2, 1)).to.deep.equal([200, 200]);
            expect(seenBy(instances).reduce((sum, each) => sum + each)).to.equal(3);
        });
    }
});
