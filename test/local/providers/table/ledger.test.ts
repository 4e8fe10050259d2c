import { expect } from "chai";
import { Ledger } from "../../../../local/providers/table/ledger";
import { forgetScratch, scratchFolder } from "../support/providers";

describe("the ledger of creations", () => {
    after(forgetScratch);

    it("counts each key of each kind on its own, across processes", () => {
        const folder = scratchFolder();
        const ledger = new Ledger(folder);
        expect(ledger.count("creations", "a")).to.equal(0);
        expect([ledger.next("creations", "a"), ledger.next("creations", "a")]).to.deep.equal([1, 2]);
        expect(ledger.next("revisions", "a")).to.equal(1);
        expect(ledger.next("creations", "b")).to.equal(1);
        expect(new Ledger(folder).count("creations", "a")).to.equal(2);
    });
});
