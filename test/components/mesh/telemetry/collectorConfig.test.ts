import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { collectorConfig } from "../../../../components/mesh/telemetry/collectorConfig";
import { meshMetrics } from "../../../../components/mesh/telemetry/metrics";

const args = {
    member: "cart",
    region: "eu-central-1",
    namespace: "shop-test/mesh",
    entrance: "inbound",
    memory: 96,
} as const;

/** The collector's own reading of it is in test/envoy/telemetry.test.ts. */
describe("The collector's configuration", () => {
    const config = collectorConfig(args);

    it("listens on loopback only", () => {
        const text = JSON.stringify(config);
        const endpoints = [...text.matchAll(/"endpoint":"([^"]+)"/g)].map(([, endpoint]) => endpoint);
        expect(endpoints).to.deep.equal(["127.0.0.1:13133", "127.0.0.1:4317"]);
    });

    it("writes metrics to standard output, with the chosen dimensions and no others", () => {
        expect(config.exporters).to.have.nested.property("awsemf.output_destination", "stdout");
        expect(config.exporters).to.have.nested.property(
            "awsemf.dimension_rollup_option",
            "NoDimensionRollup",
        );
        expect(config.exporters)
            .to.have.nested.property("awsemf.metric_declarations")
            .that.deep.equals([
                {
                    dimensions: [["service"]],
                    metric_name_selectors: [
                        "^requests$",
                        "^errors$",
                        "^latency$",
                        "^tlsFailures$",
                        "^certificateDaysLeft$",
                    ],
                },
                {
                    dimensions: [["service", "callee"]],
                    metric_name_selectors: ["^ejections$", "^retries$", "^callTlsFailures$"],
                },
            ]);
    });

    it("is documented: every metric with its dimensions, unit and meaning", () => {
        const page = readFileSync(join(__dirname, "../../../../docs/telemetry.md"), "utf8");
        const rows = page.split("\n").filter((line) => line.startsWith("| `"));
        const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()));
        const documented = cells.map(([, name, dimensions, unit, meaning]) => ({
            name,
            dimensions,
            unit,
            meaning,
        }));
        expect(documented.map(({ name }) => name)).to.deep.equal(
            meshMetrics("ingress").map(({ name }) => `\`${name}\``),
        );
        for (const [index, metric] of meshMetrics("ingress").entries()) {
            expect(documented[index]?.dimensions).to.equal(
                metric.per === "edge" ? "`service`, `callee`" : "`service`",
            );
            expect(documented[index]?.unit).to.equal(metric.unit);
            expect(documented[index]?.meaning).to.match(new RegExp(`^${metric.meaning}`));
        }
    });
});
