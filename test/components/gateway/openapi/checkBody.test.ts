import { expect } from "chai";
import { checkBody } from "../../../../components/gateway/openapi/checkBody";
import { describeIssue } from "../../../../components/model/issues";

describe("checkBody", () => {
    it("takes a body up to API Gateway's quota", () => {
        const issuesOf = (bytes: number): readonly string[] =>
            checkBody("v1", "x".repeat(bytes)).map(describeIssue);
        expect(issuesOf(6_291_456)).to.deep.equal([]);
        expect(issuesOf(6_291_457)).to.deep.equal([
            'contracts.v1 is "6291457 bytes"; use at most 6291456, API Gateway\'s quota for an import: let schemas and examples be shorter, or give a part of the contract an API of its own',
        ]);
    });
});
