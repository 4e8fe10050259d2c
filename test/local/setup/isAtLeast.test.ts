import { expect } from "chai";
import { isAtLeast } from "../../../local/setup/isAtLeast";

describe("comparing versions", () => {
    const cases: [version: string, oldest: string, expected: boolean][] = [
        ["v3.259.0", "v3.259.0", true],
        ["v3.260.0", "v3.259.9", true],
        ["v4.0.0", "v3.259.0", true],
        ["v3.99.0", "v3.248.0", false],
        ["v3.248.0-alpha.1+dirty", "v3.248.0", true],
        ["3.247.9", "v3.248.0", false],
        ["", "v3.248.0", false],
    ];
    for (const [version, oldest, expected] of cases) {
        it(`says that ${version || "an empty version"} is ${expected ? "" : "not "}at least ${oldest}`, () => {
            expect(isAtLeast(version, oldest)).to.equal(expected);
        });
    }
});
