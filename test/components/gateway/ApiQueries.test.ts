import { expect } from "chai";
import { accessLogFormat } from "../../../components/gateway/accessLog";
import { ApiEdge } from "../../../components/gateway/ApiEdge";
import { ApiQueries } from "../../../components/gateway/ApiQueries";
import { ExternalApi } from "../../../components/gateway/ExternalApi";
import { savedQueries } from "../../../components/gateway/savedQueries";
import { identities, named, record, refusal } from "../../support/mocks";
import { edgeArgs, mocks, notesContract, placement } from "./support";

describe("ApiQueries", () => {
    it("saves each query over the access logs of all APIs", async () => {
        const resources = await record(() => {
            const backend = {
                loadBalancerArn: "arn:lb",
                serverName: "ingress.shop.internal",
                verifyServerCertificate: true,
            };
            const contracts = { v1: { file: "notes.yaml", text: notesContract } };
            const edge = new ApiEdge("edge", edgeArgs);
            const notes = new ExternalApi("notes", { edge, backend, service: "note-service", contracts });
            new ApiQueries("queries", { placement, apis: [notes] });
        }, mocks);
        expect(identities(resources.filter(({ name }) => name.startsWith("queries")))).to.deep.equal([
            "aws:cloudwatch/queryDefinition:QueryDefinition queries-rejected-by-reason < queries",
            "aws:cloudwatch/queryDefinition:QueryDefinition queries-retiring-versions < queries",
            "aws:cloudwatch/queryDefinition:QueryDefinition queries-slowest-routes < queries",
            "aws:cloudwatch/queryDefinition:QueryDefinition queries-usage-by-consumer < queries",
            "shop:gateway:ApiQueries queries",
        ]);
        expect(named(resources, "queries-usage-by-consumer").inputs).to.deep.equal({
            name: "traffic-test/gateway/usage-by-consumer",
            logGroupNames: ["/traffic-test/gateway/notes/v1"],
            queryString: [
                'filter consumer != "-"',
                "| stats count(*) as requests, sum(responseBytes) as bytes by consumer, api, version",
                "| sort requests desc",
            ].join("\n"),
        });
    });

    it("asks only for what the access log holds", () => {
        const logged = Object.keys(JSON.parse(accessLogFormat("notes", "v1")) as Record<string, string>);
        for (const { name, query } of savedQueries) {
            const grouped = /by (.*)$/m.exec(query)?.[1]?.split(", ") ?? [];
            const filtered = [...query.matchAll(/filter (\w+)/g)].map(([, field]) => field);
            const measured = [...query.matchAll(/(?:sum|pct|max)\((\w+)/g)].map(([, field]) => field);
            expect(grouped.length, name).to.be.above(0);
            expect(logged, name).to.include.members([...grouped, ...filtered, ...measured]);
        }
    });

    it("refuses no API, and more log groups than one query may ask", async () => {
        const { message } = await refusal((attempt) => {
            attempt(() => new ApiQueries("queries", { placement, apis: [] }));
        }, mocks);
        expect(message).to.equal(
            'ApiQueries "queries": apis is "0 log groups"; use 1 to 50 log groups, one for each version of each API.',
        );
    });
});
