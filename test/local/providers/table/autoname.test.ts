import { expect } from "chai";
import { autonamed } from "../../../../local/providers/table/autoname";

const subject = {
    urn: "urn:pulumi:dev::traffic::aws:iam/role:Role::orders",
    type: "aws:iam/role:Role",
    name: "orders",
};
const naming = { property: "name", maxLength: 16 };

describe("A name that nobody gave", () => {
    it("is the one that the stack's settings want, cut to the limit unless it is enforced", () => {
        const name = (enforced: boolean): unknown =>
            autonamed(naming, subject, 0, {}, undefined, { name: "traffic-dev-orders-1", enforced }).name;
        expect(name(false)).to.equal("traffic-dev-orde");
        expect(name(true)).to.equal("traffic-dev-orders-1");
    });

    it("stays what it was before, and gives way to a name of one's own", () => {
        const before = { name: "orders-1a2b3c4", __defaults: ["name"] };
        const proposed = { name: "traffic-dev-1", enforced: false };
        expect(autonamed(naming, subject, 0, {}, before, proposed).name).to.equal("orders-1a2b3c4");
        expect(autonamed(naming, subject, 0, { name: "own" }, undefined, proposed).name).to.equal("own");
    });
});
