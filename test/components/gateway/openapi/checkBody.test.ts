import { expect } from "chai";
import { checkBody } from "../../../../components/gateway/openapi/checkBody";
import { describeIssue } from "../../../../components/model/issues";

function issuesOf(schemas: Record<string, unknown>): readonly string[] {
    return checkBody("v1", JSON.stringify({ components: { schemas } })).map(describeIssue);
}

describe("checkBody", () => {
    it("takes a model up to API Gateway's quota", () => {
        const ofBytes = (bytes: number): unknown => ({ enum: ["x".repeat(bytes - '{"enum":[""]}'.length)] });
        expect(issuesOf({ Note: ofBytes(400 * 1024) })).to.deep.equal([]);
        expect(issuesOf({ Note: ofBytes(400 * 1024 + 1) })).to.deep.equal([
            'contracts.v1.components.schemas.Note is "409601 bytes"; use at most 409600, API Gateway\'s quota for a model',
        ]);
    });

    it("takes a body up to API Gateway's quota", () => {
        const many = Object.fromEntries(
            Array.from({ length: 63 }, (_, index) => [`Note${index}`, { enum: ["x".repeat(100_000)] }]),
        );
        expect(issuesOf(many)).to.deep.equal([
            'contracts.v1 is "6301467 bytes"; use at most 6291456, API Gateway\'s quota for an import',
        ]);
    });
});
