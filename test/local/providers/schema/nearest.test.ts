import { expect } from "chai";
import { nearest } from "../../../../local/providers/schema/nearest";

describe("the nearest name", () => {
    it("is the one in another case, or two edits away", () => {
        expect(nearest("desiredcount", ["cluster", "desiredCount"])).to.equal("desiredCount");
        expect(nearest("subnet", ["subnets", "securityGroups"])).to.equal("subnets");
        expect(nearest("vpcIdd", ["vpcId", "vpcIds"])).to.equal("vpcId");
    });

    it("is none where nothing is near", () => {
        expect(nearest("colour", ["cluster", "name"])).to.equal(undefined);
        expect(nearest("colour", [])).to.equal(undefined);
    });
});
