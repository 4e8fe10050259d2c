import { expect } from "chai";
import { accessLogFormat } from "../../../components/gateway/accessLog";
import { ApiEdge } from "../../../components/gateway/ApiEdge";
import { ApiQueries } from "../../../components/gateway/ApiQueries";
import { ExternalApi } from "../../../components/gateway/ExternalApi";
import { accessQueries, deprecationQueries } from "../../../components/gateway/savedQueries";
import { identities, named, record, refusal, type RecordedResource } from "../../support/mocks";
import { edgeArgs, mocks, notesContract } from "./support";

const backend = {
    loadBalancerArn: "arn:lb",
    serverName: "ingress.shop.internal",
    verifyServerCertificate: true,
};

/** An API of two versions, the first of which is deprecated where a day is given. */
async function deployed(since?: string): Promise<readonly RecordedResource[]> {
    const second = notesContract.replace("version: 1.2.0", "version: 2.0.0");
    const contracts = {
        v1: {
            file: "notes.yaml",
            text: notesContract,
            ...(since === undefined ? {} : { deprecation: { since, sunset: "2028-01-01" } }),
        },
        v2: { file: "notes-2.yaml", text: second },
    };
    const resources = await record(() => {
        const edge = new ApiEdge("edge", edgeArgs);
        const notes = new ExternalApi("notes", { edge, backend, service: "note-service", contracts });
        new ApiQueries("queries", { edge, apis: [notes] });
    }, mocks);
    return resources.filter(({ name }) => name.startsWith("queries"));
}

const logGroups = (resources: readonly RecordedResource[], query: string): unknown =>
    named(resources, `queries-${query}`).inputs.logGroupNames;

describe('ApiQueries: ADR-003, "Monitoring and Analytics"', () => {
    it("saves each query: renaming one needs an alias", async () => {
        const resources = await deployed("2027-01-01");
        expect(identities(resources)).to.deep.equal([
            "aws:cloudwatch/queryDefinition:QueryDefinition queries-refused-by-web-acl < queries",
            "aws:cloudwatch/queryDefinition:QueryDefinition queries-rejected-by-reason < queries",
            "aws:cloudwatch/queryDefinition:QueryDefinition queries-retiring-versions < queries",
            "aws:cloudwatch/queryDefinition:QueryDefinition queries-slowest-routes < queries",
            "aws:cloudwatch/queryDefinition:QueryDefinition queries-usage-by-consumer < queries",
            "shop:gateway:ApiQueries queries",
        ]);
        expect(named(resources, "queries-usage-by-consumer").inputs).to.deep.equal({
            name: "traffic-test/gateway/usage-by-consumer",
            logGroupNames: ["/traffic-test/gateway/notes/v1", "/traffic-test/gateway/notes/v2"],
            queryString: [
                'filter consumer != "-"',
                "| stats count(*) as requests, sum(responseBytes) as bytes by consumer, api, version",
                "| sort requests desc",
            ].join("\n"),
        });
    });

    it("asks the Web ACL's log for what never reached an API", async () => {
        const resources = await deployed();
        expect(logGroups(resources, "refused-by-web-acl")).to.deep.equal(["aws-waf-logs-traffic-test"]);
    });

    it("asks who calls deprecated versions, where there are any", async () => {
        expect(logGroups(await deployed("2027-01-01"), "retiring-versions")).to.deep.equal([
            "/traffic-test/gateway/notes/v1",
        ]);
        expect((await deployed()).map(({ name }) => name)).not.to.include("queries-retiring-versions");
    });

    it("asks only for what the access log holds", () => {
        const logged = Object.keys(JSON.parse(accessLogFormat("notes", "v1")) as Record<string, string>);
        for (const { name, query } of [...accessQueries, ...deprecationQueries]) {
            const grouped = /by (.*)$/m.exec(query)?.[1]?.split(", ") ?? [];
            const filtered = [...query.matchAll(/filter (\w+)/g)].map(([, field]) => field);
            const measured = [...query.matchAll(/(?:sum|pct|max)\((\w+)/g)].map(([, field]) => field);
            expect(grouped.length, name).to.be.above(0);
            expect(logged, name).to.include.members([...grouped, ...filtered, ...measured]);
        }
    });

    it("refuses to ask no API", async () => {
        const { message } = await refusal((attempt) => {
            const edge = new ApiEdge("edge", edgeArgs);
            attempt(() => new ApiQueries("queries", { edge, apis: [] }));
        }, mocks);
        expect(message).to.equal(
            'ApiQueries "queries": apis is "no version"; use at least one version of an API.',
        );
    });
});
