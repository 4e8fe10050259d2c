import { readFileSync } from "node:fs";
import { expect } from "chai";
import { dataPlanes } from "../../components/mesh/dataPlanes";
import { capabilities, type Capability } from "../../components/model/capabilities";

describe("docs/data-planes.md", () => {
    it("says of every data plane what the code holds, and what it refuses", () => {
        const page = readFileSync("docs/data-planes.md", "utf8");
        const rows = page
            .split("\n")
            .filter((line) => line.startsWith("| `"))
            .map((line) =>
                line
                    .slice(1, -1)
                    .split(" | ")
                    .map((cell) => cell.trim()),
            );
        const expected = (Object.entries(capabilities) as [Capability, string][]).map(([name, what]) => [
            `\`${name}\``,
            what,
            ...Object.values(dataPlanes).map(({ lacks }) => {
                const instead = lacks[name];
                return instead === undefined ? "yes" : `no: ${instead}`;
            }),
        ]);
        expect(rows).to.deep.equal(expected);
    });
});
