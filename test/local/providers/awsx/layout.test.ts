import { expect } from "chai";
import { layOut } from "../../../../local/providers/awsx/layout";
import type { LayoutArgs, SubnetSpec } from "../../../../local/providers/awsx/layout";

const ZONES = ["a", "b", "c"];

function blocks(args: Partial<LayoutArgs>): readonly string[] {
    const all = {
        vpcName: "shop",
        cidrBlock: "10.0.0.0/16",
        zones: ZONES,
        specs: undefined,
        strategy: "Auto" as const,
    };
    return layOut({ ...all, ...args }).map(({ name, cidrBlock }) => `${name} ${cidrBlock}`);
}

describe("the layout of a VPC's subnets", () => {
    it("is half of a zone private and a quarter public unless asked otherwise", () => {
        const expected = [
            "shop-private-1 10.0.0.0/19",
            "shop-public-1 10.0.32.0/20",
            "shop-private-2 10.0.64.0/19",
            "shop-public-2 10.0.96.0/20",
            "shop-private-3 10.0.128.0/19",
            "shop-public-3 10.0.160.0/20",
        ];
        expect(blocks({})).to.deep.equal(expected);
        expect(blocks({ strategy: "Legacy" })).to.deep.equal(expected);
    });

    it("follows the specs' order, each block at a multiple of its size", () => {
        const specs: SubnetSpec[] = [
            { type: "Public", cidrMask: 24 },
            { type: "Private", cidrMask: 20 },
            { type: "Isolated", name: "data", cidrMask: 24 },
        ];
        expect(blocks({ specs, zones: ["a", "b"] })).to.deep.equal([
            "shop-public-1 10.0.0.0/24",
            "shop-private-1 10.0.16.0/20",
            "shop-data-1 10.0.32.0/24",
            "shop-public-2 10.0.128.0/24",
            "shop-private-2 10.0.144.0/20",
            "shop-data-2 10.0.160.0/24",
        ]);
    });

    it("shares a zone evenly where no size is given, and reads sizes as prefix lengths", () => {
        expect(
            blocks({
                specs: [{ type: "Private" }, { type: "Isolated" }, { type: "Public", size: 256 }],
                zones: ["a"],
            }),
        ).to.deep.equal([
            "shop-private-1 10.0.0.0/18",
            "shop-isolated-1 10.0.64.0/18",
            "shop-public-1 10.0.128.0/24",
        ]);
    });

    it("puts private before public before isolated in the Legacy strategy", () => {
        const specs: SubnetSpec[] = [{ type: "Isolated" }, { type: "Public" }, { type: "Private" }];
        expect(blocks({ specs, zones: ["a"], strategy: "Legacy" })).to.deep.equal([
            "shop-private-1 10.0.0.0/19",
            "shop-public-1 10.0.32.0/20",
            "shop-isolated-1 10.0.48.0/24",
        ]);
    });

    it("takes explicit ranges as they are", () => {
        const specs: SubnetSpec[] = [{ type: "Private", cidrBlocks: ["10.0.8.0/24", "10.0.9.0/24"] }];
        expect(blocks({ specs, zones: ["a", "b"] })).to.deep.equal([
            "shop-private-1 10.0.8.0/24",
            "shop-private-2 10.0.9.0/24",
        ]);
    });

    it("refuses what does not fit", () => {
        expect(() => blocks({ specs: [{ type: "Private", cidrMask: 17 }] })).to.throw(
            "Subnets are too large for VPC: each zone has 16384 addresses, they need 32768.",
        );
        expect(() => blocks({ cidrBlock: "10.0.0.0" })).to.throw(
            '"10.0.0.0" is no IPv4 range; give one such as 10.0.0.0/16.',
        );
        expect(() => blocks({ specs: [{ type: "Private", cidrBlocks: ["10.0.0.0/24"] }] })).to.throw(
            "subnetSpecs[0].cidrBlocks has 1 ranges; there are 3 zones.",
        );
    });

    it("accounts for the whole range in the Exact strategy", () => {
        const half: SubnetSpec[] = [{ type: "Private", cidrMask: 17 }];
        expect(
            blocks({ specs: [...half, { type: "Unused", cidrMask: 17 }], zones: ["a"], strategy: "Exact" }),
        ).to.deep.equal(["shop-private-1 10.0.0.0/17", "shop-unused-1 10.0.128.0/17"]);
        expect(() => blocks({ specs: half, zones: ["a"], strategy: "Exact" })).to.throw(
            'There are gaps in the subnet ranges, after 10.0.0.0/17; name them with subnets of type "Unused".',
        );
    });
});
