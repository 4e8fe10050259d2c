import { expect } from "chai";
import { savedInParts } from "../../../components/gateway/queryParts";

const query = (count: number): { name: string; groups: number[] } => ({
    name: "slow",
    groups: Array.from({ length: count }, (_, index) => index),
});

describe("A saved query over many log groups", () => {
    it("stays one as long as CloudWatch takes it", () => {
        expect(savedInParts(query(0))).to.deep.equal([query(0)]);
        expect(savedInParts(query(50))).to.deep.equal([query(50)]);
    });

    it("is several after that, which together ask each group once", () => {
        const parts = savedInParts(query(101));
        expect(parts.map(({ groups, name }) => [name, groups.length])).to.deep.equal([
            ["slow", 50],
            ["slow-2", 50],
            ["slow-3", 1],
        ]);
        expect(parts.flatMap(({ groups }) => groups)).to.deep.equal(query(101).groups);
    });
});
