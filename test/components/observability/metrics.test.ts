import { expect } from "chai";
import { describeIssue } from "../../../components/model/issues";
import { awsMetrics } from "../../../components/observability/metrics/aws";
import { emittedByCollector } from "../../../components/observability/metrics/collector";
import { checkEmitted, isEmitted } from "../../../components/observability/metrics/emitted";
import { emittedByFilters } from "../../../components/observability/metrics/logMetric";
import type { Metric } from "../../../components/observability/metrics/metric";
import { resolveObservability } from "../../../components/observability/resolveObservability";
import type { Observed } from "../../../components/observability/observed";
import { observed } from "./support";

const count: Metric = {
    namespace: "AWS/ApiGateway",
    name: "Count",
    dimensions: { Stage: "v1", ApiName: "notes" },
};

describe("Metrics that are really written", () => {
    it("are known by namespace, name and the whole set of dimensions, in any order", () => {
        expect(isEmitted(count, awsMetrics)).to.equal(true);
        expect(isEmitted({ ...count, dimensions: { ApiName: "notes" } }, awsMetrics)).to.equal(false);
        expect(
            isEmitted({ ...count, dimensions: { ...count.dimensions, Method: "GET" } }, awsMetrics),
        ).to.equal(false);
        expect(isEmitted({ ...count, name: "Counts" }, awsMetrics)).to.equal(false);
    });

    it("are missed with what there is instead", () => {
        const wrong: readonly Metric[] = [
            { ...count, namespace: "AWS/ApiGatewayV2" },
            { ...count, name: "Requests" },
            { ...count, dimensions: { ApiName: "notes" } },
        ];
        const table = { "AWS/ApiGateway": awsMetrics["AWS/ApiGateway"]! };
        expect(checkEmitted("alarms.a", wrong, table).map(describeIssue)).to.deep.equal([
            'alarms.a is "AWS/ApiGatewayV2 Count {Stage=v1, ApiName=notes}"; use a namespace that is written to: AWS/ApiGateway',
            'alarms.a is "AWS/ApiGateway Requests {Stage=v1, ApiName=notes}"; use a metric of AWS/ApiGateway: Count, 4XXError, 5XXError, Latency, IntegrationLatency',
            'alarms.a is "AWS/ApiGateway Count {ApiName=notes}"; use a set of dimensions that Count is written with: {ApiName, Stage}',
        ]);
    });

    it("are, of a collector, those that its configuration declares", () => {
        const emitted = emittedByCollector({
            namespace: "shop/mesh",
            metric_declarations: [
                { dimensions: [["service"]], metric_name_selectors: ["^requests$", "^errors$"] },
                { dimensions: [["service", "callee"]], metric_name_selectors: ["^retries$"] },
            ],
        });
        expect(emitted["shop/mesh"]?.metrics).to.deep.equal({
            requests: [["service"]],
            errors: [["service"]],
            retries: [["service", "callee"]],
        });
    });

    it("are, of metric filters, those that they name, several in one namespace", () => {
        const filter = {
            key: "a",
            logGroup: "/a",
            pattern: "",
            namespace: "shop",
            name: "Lines",
            value: "1",
            unit: "Count",
            dimensions: { Api: "$.api" },
        } as const;
        const emitted = emittedByFilters([filter, { ...filter, name: "Others", dimensions: {} }]);
        expect(emitted.shop?.metrics).to.deep.equal({ Lines: [["Api"]], Others: [[]] });
    });
});

describe("What is shown and watched", () => {
    it("is written by somebody", () => {
        expect(resolveObservability(observed, {}).issues).to.deep.equal([]);
    });

    it("is refused where the collector stops sending a number", () => {
        const { emitted, namespace } = observed.mesh.telemetry!;
        const others = Object.fromEntries(
            Object.entries(emitted[namespace]!.metrics).filter(([name]) => name !== "ejections"),
        );
        const without: Observed = {
            ...observed,
            mesh: {
                ...observed.mesh,
                telemetry: {
                    namespace,
                    emitted: { [namespace]: { source: "a test", metrics: others } },
                },
            },
        };
        const paths = resolveObservability(without, {}).issues.map(({ path }) => path);
        expect([...new Set(paths)]).to.deep.equal([
            "alarms.note-service-breaker-open.metrics",
            "alarms.store-service-breaker-open.metrics",
            "dashboards.mesh",
        ]);
    });
});
