import { expect } from "chai";
import { adr as program } from "../../components/model/adr";
import { adr } from "../../policies/numbers";

describe("The pack's numbers", () => {
    it("are the program's", () => {
        expect(adr).to.deep.equal(program);
    });

    it("are the ADR's", () => {
        expect(adr).to.deep.equal({
            userRequestsPerMinute: 1000,
            circuitBreaker: { consecutiveFailures: 5, ejectionSeconds: 60 },
        });
    });
});
