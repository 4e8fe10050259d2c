import { expect } from "chai";
import { checkPlans, consumerThrottle, sharedThrottle } from "../../../components/gateway/plans";
import { describeIssue } from "../../../components/model/issues";

describe("plans", () => {
    it("give a consumer exactly the ADR's 1000 a minute, with a burst of 100", () => {
        expect(consumerThrottle.rateLimit).to.equal(1000 / 60);
        expect(consumerThrottle.burstLimit).to.equal(100);
    });

    it("are sized for all users of a shared key", () => {
        expect(sharedThrottle({ users: 30 })).to.deep.equal({ rateLimit: 500, burstLimit: 3000 });
    });

    it("stay within the account's quota", () => {
        expect(sharedThrottle({ users: 1_000_000 })).to.deep.equal({ rateLimit: 10_000, burstLimit: 5_000 });
    });

    it("need users and an API", () => {
        expect(
            checkPlans({ web: { users: 0 }, mobile: { users: 1.5 } }, [], []).map(describeIssue),
        ).to.deep.equal([
            "web.users is 0; use a whole number of at least 1",
            "mobile.users is 1.5; use a whole number of at least 1",
            "apis is 0; use at least one API",
        ]);
    });
});
