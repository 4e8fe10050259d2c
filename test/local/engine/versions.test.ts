import { expect } from "chai";
import { oldestUsable, pinnedVersion } from "../../../local/engine/versions";
import { isAtLeast } from "../../../local/setup/isAtLeast";

describe("versions of the engine", () => {
    it("builds an engine that it would also accept from PATH", () => {
        expect(isAtLeast(pinnedVersion(), oldestUsable())).to.equal(true);
    });
});
