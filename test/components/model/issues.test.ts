import { expect } from "chai";
import { describeIssues, Issues, joinPath } from "../../../components/model/issues";

describe("describeIssues", () => {
    it("is one sentence for one issue", () => {
        const issues = [
            {
                path: "circuitBreaker.consecutiveFailures",
                got: 0,
                want: "an integer of at least 1 (ADR-003: 5)",
            },
        ];
        expect(describeIssues('MeshedService "cart"', issues)).to.equal(
            'MeshedService "cart": circuitBreaker.consecutiveFailures is 0; use an integer of at least 1 (ADR-003: 5).',
        );
    });

    it("lists several, and says what is missing", () => {
        const issues = new Issues();
        issues.add("image", undefined, "an image");
        issues.addAll([{ path: "[1]", got: "x", want: "a service" }], "calls");
        expect(describeIssues('MeshedService "cart"', issues.all)).to.equal(
            'MeshedService "cart": 2 issues\n  - image is missing; use an image\n  - calls[1] is "x"; use a service',
        );
    });
});

describe("joinPath", () => {
    it("writes paths as a user would", () => {
        expect(joinPath("order", "calls")).to.equal("order.calls");
        expect(joinPath("order.calls", "[2]")).to.equal("order.calls[2]");
        expect(joinPath("", "calls")).to.equal("calls");
    });
});
