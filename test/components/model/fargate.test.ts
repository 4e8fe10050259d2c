import { expect } from "chai";
import { checkTaskSize } from "../../../components/model/fargate";
import { describeIssue } from "../../../components/model/issues";

describe("checkTaskSize", () => {
    const accepted: readonly (readonly [number, number])[] = [
        [256, 512],
        [256, 1024],
        [256, 2048],
        [512, 1024],
        [512, 4096],
        [1024, 2048],
        [2048, 16384],
        [4096, 30720],
        [8192, 61440],
        [16384, 122880],
    ];
    for (const [cpu, memory] of accepted) {
        it(`accepts ${cpu} CPU units with ${memory} MiB`, () => {
            expect(checkTaskSize({ cpu, memory })).to.deep.equal([]);
        });
    }

    it("names the memory that a CPU value can have", () => {
        expect(checkTaskSize({ cpu: 512, memory: 512 }).map(describeIssue)).to.deep.equal([
            "memory is 512; use 1024 to 4096 MiB in steps of 1024 for 512 CPU units",
        ]);
        expect(checkTaskSize({ cpu: 256, memory: 1536 }).map(describeIssue)).to.deep.equal([
            "memory is 1536; use 512 to 2048 MiB in steps of 512 except 1536 for 256 CPU units",
        ]);
    });

    it("names the CPU values", () => {
        expect(checkTaskSize({ cpu: 300, memory: 512 }).map(describeIssue)).to.deep.equal([
            "cpu is 300; use one of 256, 512, 1024, 2048, 4096, 8192, 16384 CPU units",
        ]);
    });
});
