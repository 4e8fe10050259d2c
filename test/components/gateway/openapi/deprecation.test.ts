import { expect } from "chai";
import { checkDeprecation, deprecationHeaders } from "../../../../components/gateway/openapi/deprecation";
import { describeIssue, Issues } from "../../../../components/model/issues";

describe('deprecationHeaders: ADR-003, "API Versioning (v1, v2)"', () => {
    it("says since when, until when and what to use instead, as the RFCs spell it", () => {
        expect(deprecationHeaders({ since: "2026-11-01", sunset: "2027-06-30" }, "notes/v2")).to.deep.equal({
            Deprecation: "'@1793491200'",
            Sunset: "'Wed, 30 Jun 2027 00:00:00 GMT'",
            Link: `'</notes/v2>; rel="successor-version"'`,
        });
    });

    it("is silent about a version that stays", () => {
        expect(deprecationHeaders(undefined, "notes/v2")).to.deep.equal({});
    });

    it("refuses days that are none, and a sunset that is not after the deprecation", () => {
        const messages = (since: string, sunset: string): readonly string[] => {
            const issues = new Issues();
            checkDeprecation({ since, sunset }, "v1.deprecation", issues);
            return issues.all.map(describeIssue);
        };
        expect(messages("2026-02-30", "soon")).to.deep.equal([
            'v1.deprecation.since is "2026-02-30"; use a day, such as 2026-12-31',
            'v1.deprecation.sunset is "soon"; use a day, such as 2027-12-31',
        ]);
        expect(messages("2026-11-01", "2026-11-01")).to.deep.equal([
            'v1.deprecation.sunset is "2026-11-01"; use a day after 2026-11-01',
        ]);
        expect(messages("2026-11-01", "2026-11-02")).to.deep.equal([]);
    });
});
