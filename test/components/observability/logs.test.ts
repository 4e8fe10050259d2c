import { expect } from "chai";
import { accessLogFormat } from "../../../components/gateway/accessLog";
import { gatewayResponses } from "../../../components/gateway/openapi/gatewayResponses";
import { sidecarBootstrap } from "../../../components/mesh/envoy/sidecar";
import { inboundDurations } from "../../../components/observability/metrics/durations";
import { refusals, refusedRequests } from "../../../components/observability/metrics/refusals";
import { meshQueries, pathQueries } from "../../../components/observability/queries/savedQueries";
import { observed } from "./support";

// That CloudWatch Logs reads patterns and queries as written here is not proven: docs/unproven.md.

const gatewayFields = Object.keys(JSON.parse(accessLogFormat("notes", "v1")) as object);
const proxyFields = fieldsOfProxy();

/** The fields that a proxy's access log has, from the bootstrap itself. */
function fieldsOfProxy(): readonly string[] {
    const bootstrap = sidecarBootstrap({
        member: "a",
        service: "a",
        trustDomain: "shop.internal",
        callers: [],
        callees: [],
        memory: 160,
        application: {
            port: 8080,
            protocol: "http",
            healthPath: "/healthz",
            requestTimeoutSeconds: 15,
            limits: { maxConnections: 1, maxPendingRequests: 1, maxRequests: 1 },
        },
    });
    const format = /"json_format":(\{[^}]*\})/.exec(JSON.stringify(bootstrap))?.[1] ?? "{}";
    return Object.keys(JSON.parse(format) as object);
}

describe("Metric filters", () => {
    const [notes] = observed.gateway.apis;
    const refused = refusedRequests(observed.prefix, "notes", notes!.versions[0]!);

    it('count refusals of the access log by API and reason: ADR-003, "Rate limiting metrics", "Authentication metrics"', () => {
        expect(refused).to.deep.equal({
            key: "notes-v1-refused-requests",
            logGroup: "/traffic-test/gateway/notes/v1",
            pattern:
                '{ ($.status = "429") || ($.refusal = "UNAUTHORIZED") || ($.refusal = "EXPIRED_TOKEN") || ' +
                '($.refusal = "ACCESS_DENIED") || ($.refusal = "INVALID_API_KEY") || ($.refusal = "WAF_FILTERED") || ' +
                '($.refusal = "THROTTLED") || ($.refusal = "QUOTA_EXCEEDED") }',
            namespace: "traffic-test/gateway",
            name: "RefusedRequests",
            value: "1",
            unit: "Count",
            dimensions: { Api: "$.api", Refusal: "$.refusal" },
        });
    });

    it("name reasons that the gateway's own errors have", () => {
        const known = Object.keys(gatewayResponses([]));
        const { authentication, gatewayLimit, webAcl } = refusals;
        expect(known).to.include.members([...authentication, ...gatewayLimit, ...webAcl]);
    });

    it("measure what came in at a member's own listener", () => {
        const [ingress, service] = observed.mesh.members;
        expect(inboundDurations("shop", ingress!).pattern).to.contain('$.listener = "ingress"');
        expect(inboundDurations("shop", service!)).to.deep.include({
            pattern: '{ ($.listener = "inbound") && ($.durationMs >= 0) }',
            value: "$.durationMs",
            dimensions: {},
        });
    });

    it("ask for fields that are logged, with at most three dimensions and 1024 characters", () => {
        const measured = inboundDurations("shop", observed.mesh.members[1]!);
        for (const [filter, fields] of [
            [refused, gatewayFields],
            [measured, proxyFields],
        ] as const) {
            const asked = `${filter.pattern} ${filter.value} ${Object.values(filter.dimensions).join(" ")}`;
            const names = [...asked.matchAll(/\$\.(\w+)/g)].map(([, field]) => field);
            expect(fields).to.include.members(names);
            expect(Object.keys(filter.dimensions).length).to.be.at.most(3);
            expect(filter.pattern.length).to.be.at.most(1024);
        }
    });
});

describe('Saved queries: ADR-003, "Service-to-service communication metrics", "Load balancing metrics"', () => {
    it('join gateway and mesh by the request id, which both log: ADR-003, "Log aggregation"', () => {
        expect(gatewayFields).to.include("requestId");
        expect(proxyFields).to.include("requestId");
        for (const { query } of pathQueries) {
            expect(query).to.match(/by requestId|requestId = /);
        }
    });

    for (const [layer, queries, fields] of [
        ["both layers'", pathQueries, [...gatewayFields, ...proxyFields]],
        ["the mesh's", meshQueries, proxyFields],
    ] as const) {
        it(`ask for nothing but ${layer} fields, and what they made themselves`, () => {
            for (const { name, query } of queries) {
                const made = [...query.matchAll(/ as (\w+)|\?<(\w+)>/g)].map(
                    ([, as, parsed]) => as ?? parsed,
                );
                const plain = query.replaceAll(/"[^"]*"|\/(?:\\.|[^/\\\n])+\/| as \w+|@\w+/g, "");
                const words = [...plain.matchAll(/\b[a-z]\w*\b/gi)].map(([word]) => word);
                const unknown = words.filter(
                    (word) => !fields.includes(word) && !made.includes(word) && !keywords.has(word),
                );
                expect(unknown, name).to.deep.equal([]);
            }
        });
    }
});

/** Of CloudWatch Logs Insights. */
const keywords = new Set(
    "fields filter stats sort limit parse by asc desc or and like ispresent max latest count pct".split(" "),
);
