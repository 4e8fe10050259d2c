import { expect } from "chai";
import { faultsOf } from "../../../../local/providers/rpc/faults";

describe("LOCAL_FAULTS", () => {
    it("is no fault where it is absent, and several between semicolons", () => {
        expect(faultsOf({})).to.deep.equal([]);
        expect(
            faultsOf({
                LOCAL_FAULTS: "create aws:kms/key:Key key lost; delete aws:sns/topic:Topic news refused;",
            }),
        ).to.deep.equal([
            { operation: "create", type: "aws:kms/key:Key", name: "key", way: "lost", heldBy: "" },
            { operation: "delete", type: "aws:sns/topic:Topic", name: "news", way: "refused", heldBy: "" },
        ]);
    });

    it("says how it is written where it is not", () => {
        for (const text of [
            "create key lost",
            "destroy t n lost",
            "create t n broken",
            "create t n lost now",
        ]) {
            expect(() => faultsOf({ LOCAL_FAULTS: text })).to.throw(
                `LOCAL_FAULTS has ${JSON.stringify(text)}; use "<check|create|update|delete> <type> <name> <refused|unready|lost|held>"`,
            );
        }
    });

    it("needs a file to hold an answer back by", () => {
        const LOCAL_FAULTS = "create t n held";
        expect(() => faultsOf({ LOCAL_FAULTS })).to.throw("LOCAL_FAULTS_HELD_BY has to name a file");
        expect(faultsOf({ LOCAL_FAULTS, LOCAL_FAULTS_HELD_BY: "here" })).to.deep.equal([
            { operation: "create", type: "t", name: "n", way: "held", heldBy: "here" },
        ]);
    });
});
