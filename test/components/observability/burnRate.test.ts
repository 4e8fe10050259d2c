import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { burnRateAlarms } from "../../../components/observability/alarms/burnRate";
import { ruleText } from "../../../components/observability/alarms/rule";
import { checkObjectives, type ServiceLevelObjectives } from "../../../components/observability/objectives";
import { describeIssue } from "../../../components/model/issues";
import { observed, objectives } from "./support";

const [notes] = observed.gateway.apis;

describe('Burn-rate alarms: ADR-003, "Error rates and latency"', () => {
    const { compositeAlarms, metricAlarms } = burnRateAlarms(notes!);

    it("watch both objectives in four windows: 1 h and 5 min at 14.4, 6 h and 30 min at 6", () => {
        expect(
            metricAlarms.map(({ key, periodSeconds, periods, threshold }) => [
                key,
                periodSeconds * periods,
                threshold,
            ]),
        ).to.deep.equal([
            ["notes-availability-1h", 3600, 0.0144],
            ["notes-availability-5m", 300, 0.0144],
            ["notes-availability-6h", 21_600, 0.006],
            ["notes-availability-30m", 1800, 0.006],
            ["notes-latency-1h", 3600, 0.144],
            ["notes-latency-5m", 300, 0.144],
            ["notes-latency-6h", 21_600, 0.06],
            ["notes-latency-30m", 1800, 0.06],
        ]);
    });

    it("measure the share of failed requests over all versions", () => {
        const [first] = metricAlarms;
        expect(first?.expression).to.equal("SUM([failed_v1, failed_v2]) / SUM([all_v1, all_v2])");
        expect(
            first?.metrics.map(({ id, metric, statistic }) => [
                id,
                metric.name,
                metric.dimensions,
                statistic,
            ]),
        ).to.deep.equal([
            ["failed_v1", "5XXError", { ApiName: "traffic-test-notes-v1", Stage: "v1" }, "Sum"],
            ["all_v1", "Count", { ApiName: "traffic-test-notes-v1", Stage: "v1" }, "Sum"],
            ["failed_v2", "5XXError", { ApiName: "traffic-test-notes-v2", Stage: "v2" }, "Sum"],
            ["all_v2", "Count", { ApiName: "traffic-test-notes-v2", Stage: "v2" }, "Sum"],
        ]);
    });

    it("measure the share of slow requests by the percentile rank of the promised time", () => {
        const slow = metricAlarms.find(({ key }) => key === "notes-latency-5m");
        expect(slow?.metrics.map(({ id, statistic }) => [id, statistic])).to.deep.equal([
            ["fast_v1", "PR(0:800)"],
            ["all_v1", "SampleCount"],
            ["fast_v2", "PR(0:800)"],
            ["all_v2", "SampleCount"],
        ]);
        // 90 of 100 were fast, and 0 of 100: 110 of 200 were slow.
        const values = { fast_v1: 90, all_v1: 100, fast_v2: 0, all_v2: 100 };
        expect(evaluated(slow!.expression, values)).to.be.closeTo(0.55, 1e-9);
    });

    it("ring only where both windows of a rate agree", () => {
        const [budget] = compositeAlarms;
        expect(ruleText(budget!.rule, (key) => key)).to.equal(
            '((ALARM("notes-availability-1h") AND ALARM("notes-availability-5m")) OR ' +
                '(ALARM("notes-availability-6h") AND ALARM("notes-availability-30m")) OR ' +
                '(ALARM("notes-latency-1h") AND ALARM("notes-latency-5m")) OR ' +
                '(ALARM("notes-latency-6h") AND ALARM("notes-latency-30m")))',
        );
    });
});

describe("Service-level objectives", () => {
    const issuesOf = (changes: Partial<ServiceLevelObjectives>): readonly string[] =>
        checkObjectives({ ...objectives, ...changes }).map(describeIssue);

    it("are shares and a time that can be held, all issues at once", () => {
        expect(issuesOf({})).to.deep.equal([]);
        expect(
            issuesOf({ availability: 1, latency: { share: 0.5, withinMilliseconds: 30_000 } }),
        ).to.deep.equal([
            "availability is 1; use a share from 0.95 to 0.9999",
            "latency.share is 0.5; use a share from 0.95 to 0.9999",
            "latency.withinMilliseconds is 30000; use a whole number from 1 to 29000",
        ]);
    });

    it("leave the fast burn rate a threshold below every request", () => {
        const alarms = burnRateAlarms({ ...notes!, objectives: { ...objectives, availability: 0.95 } });
        expect(Math.max(...alarms.metricAlarms.map(({ threshold }) => threshold))).to.be.below(1);
    });
});

/** Metric math with SUM over lists, as plain arithmetic. */
function evaluated(expression: string, values: Readonly<Record<string, number>>): number {
    const text = expression
        .replaceAll(/SUM\(\[([^\]]*)\]\)/g, (_, list: string) => `(${list.split(",").join("+")})`)
        .replaceAll(/[a-z]\w*/g, (id) => String(values[id]));
    return Number(runInNewContext(text));
}
