import { expect } from "chai";
import { checkLimits, resolveLimits, type RequestLimits } from "../../../components/gateway/limits";
import { describeIssue } from "../../../components/model/issues";

function issuesOf(limits?: RequestLimits): readonly string[] {
    return checkLimits(limits).map(describeIssue);
}

describe("resolveLimits", () => {
    it("is the ADR's 1000 a minute per credential, and twice that per address", () => {
        expect(resolveLimits()).to.deep.equal({ perCredential: 1000, perAddress: 2000 });
    });

    it("keeps what is given", () => {
        expect(resolveLimits({ perAddress: 5000 })).to.deep.equal({ perCredential: 1000, perAddress: 5000 });
    });
});

describe("checkLimits", () => {
    it("accepts nothing, stricter limits and more per address", () => {
        expect(issuesOf()).to.deep.equal([]);
        expect(issuesOf({ perCredential: 10, perAddress: 100_000 })).to.deep.equal([]);
    });

    it("refuses more per credential than the ADR allows", () => {
        expect(issuesOf({ perCredential: 1001 })).to.deep.equal([
            "limits.perCredential is 1001; use 10 to 1000 requests a minute (ADR-003: 1000)",
        ]);
    });

    it("refuses what WAF cannot count", () => {
        expect(issuesOf({ perCredential: 0, perAddress: 9.5 })).to.deep.equal([
            "limits.perCredential is 0; use 10 to 1000 requests a minute (ADR-003: 1000)",
            "limits.perAddress is 9.5; use a whole number of at least 10 requests a minute",
        ]);
    });
});
