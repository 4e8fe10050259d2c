import { expect } from "chai";
import { allAlarms } from "../../../components/observability/alarms/allAlarms";
import { checkAlarms } from "../../../components/observability/alarms/checkAlarms";
import type {
    AlarmDefinitions,
    MetricAlarmDefinition,
} from "../../../components/observability/alarms/definition";
import { alarmsOf } from "../../../components/observability/alarms/rule";
import { checkThresholds, defaultThresholds } from "../../../components/observability/alarms/thresholds";
import type { Observed } from "../../../components/observability/observed";
import { describeIssue } from "../../../components/model/issues";
import { resolveObservability } from "../../../components/observability/resolveObservability";
import { observed, withoutProxies } from "./support";

const alarms = allAlarms(observed, defaultThresholds);

function alarm(key: string, of: AlarmDefinitions = alarms): MetricAlarmDefinition {
    return of.metricAlarms.find((each) => each.key === key)!;
}

describe("Alarms", () => {
    it('ring for these reasons, and no other: ADR-003, "Custom metrics and alerts"', () => {
        const { compositeAlarms, metricAlarms } = alarms;
        const windows = ["1h", "5m", "6h", "30m"];
        expect(metricAlarms.map(({ key }) => key)).to.have.members([
            "notes-error-rate",
            "notes-latency-p99",
            "notes-too-many-requests",
            "notes-authentication-failures",
            ...windows.flatMap((window) => [`notes-availability-${window}`, `notes-latency-${window}`]),
            "web-acl-too-many-requests",
            "edge-certificate",
            "load-balancer-unhealthy-hosts",
            "no-requests",
            ...["ingress", "note-service", "store-service"].flatMap((name) => [
                `${name}-latency-p99`,
                `${name}-unhealthy-hosts`,
                `${name}-error-rate`,
            ]),
            "note-service-breaker-open",
            "store-service-breaker-open",
            "mesh-tls-failures",
            "mesh-certificates",
            "mesh-silent",
        ]);
        expect(compositeAlarms.map(({ key }) => key)).to.deep.equal([
            "notes-error-budget",
            "notes-api",
            "ingress",
            "note-service",
            "store-service",
        ]);
    });

    it("tell people once: what is in a composite alarm is quiet by itself, and nothing is quiet that is in none", () => {
        const { compositeAlarms, metricAlarms } = alarms;
        const inside = new Set(compositeAlarms.flatMap(({ rule }) => alarmsOf(rule)));
        for (const { key, notifies } of [...metricAlarms, ...compositeAlarms]) {
            expect(notifies, key).to.equal(!inside.has(key));
        }
    });

    it("ring at 10 days for certificates, of members and of the domain", () => {
        for (const key of ["mesh-certificates", "edge-certificate"]) {
            expect(alarm(key)).to.deep.include({
                comparison: "LessThanOrEqualToThreshold",
                threshold: 10,
                missing: "ignore",
            });
        }
    });

    it('count breakers that callers open towards a service, on the edges that the call graph has: ADR-003, "Circuit breaker status"', () => {
        expect(alarm("store-service-breaker-open").metrics.map(({ metric }) => metric)).to.deep.equal([
            {
                namespace: "traffic-test/mesh",
                name: "ejections",
                dimensions: { service: "note-service", callee: "store-service" },
            },
        ]);
        expect(alarm("ingress-breaker-open")).to.equal(undefined);
    });

    it("notice every member that falls silent, also all of them", () => {
        const silent = alarm("mesh-silent");
        expect(silent).to.deep.include({
            threshold: 3,
            comparison: "LessThanThreshold",
            missing: "breaching",
        });
        expect(silent.expression).to.equal("SUM([m0 / m0, m1 / m1, m2 / m2])");
    });

    it("spread over several alarms where one may not ask all: 10 metrics are AWS's limit", () => {
        const members = Array.from({ length: 12 }, (_, index) => ({
            ...observed.mesh.members[2]!,
            name: `service-${index}`,
        }));
        const [notes] = observed.gateway.apis;
        const apis = Array.from({ length: 6 }, (_, index) => ({ ...notes!, name: `api-${index}` }));
        const many: Observed = {
            ...observed,
            gateway: { ...observed.gateway, apis },
            mesh: { ...observed.mesh, members },
        };
        const spread = allAlarms(many, defaultThresholds);
        expect(alarm("mesh-silent", spread).metrics).to.have.length(10);
        expect(alarm("mesh-silent-2", spread)).to.deep.include({ threshold: 2 });
        expect(alarm("no-requests", spread).notifies).to.equal(false);
        const all = spread.compositeAlarms.find(({ key }) => key === "no-requests-at-all");
        expect(all?.rule).to.deep.equal({ all: [{ alarm: "no-requests" }, { alarm: "no-requests-2" }] });
    });

    it("do without the mesh's numbers where its members send none", () => {
        const { clusterName, entrance, members, unproxied } = observed.mesh;
        const mesh = { clusterName, entrance, members, unproxied };
        const keys = allAlarms({ ...observed, mesh }, defaultThresholds).metricAlarms.map(({ key }) => key);
        expect(keys).to.include.members(["store-service-latency-p99", "store-service-unhealthy-hosts"]);
        expect(keys.filter((key) => /breaker|tls|silent|mesh-cert|service-error/.test(key))).to.deep.equal(
            [],
        );
    });

    it("count the tasks of services without proxies, by names that they keep when they get some", () => {
        const { compositeAlarms, metricAlarms } = allAlarms(
            { ...observed, mesh: withoutProxies },
            defaultThresholds,
        );
        const inMesh = new Set([...alarms.metricAlarms, ...alarms.compositeAlarms].map(({ key }) => key));
        const keys = [...metricAlarms, ...compositeAlarms].map(({ key }) => key);
        expect(keys.filter((key) => key.includes("service"))).to.deep.equal([
            "note-service-unhealthy-hosts",
            "store-service-unhealthy-hosts",
            "note-service",
            "store-service",
        ]);
        expect(keys.filter((key) => !inMesh.has(key))).to.deep.equal([]);
        const missing = metricAlarms.find(({ key }) => key === "note-service-unhealthy-hosts");
        expect(missing).to.deep.equal(alarm("note-service-unhealthy-hosts"));
        expect(compositeAlarms.at(-1)).to.deep.include({
            summary: "store-service lacks tasks.",
            notifies: true,
            rule: { any: [{ alarm: "store-service-unhealthy-hosts" }] },
        });
    });

    it("do not expect requests where nobody may be calling", () => {
        const quiet = allAlarms(observed, { ...defaultThresholds, silentMinutes: 0 });
        expect(quiet.metricAlarms.some(({ key }) => key.startsWith("no-requests"))).to.equal(false);
    });
});

describe("What CloudWatch would refuse", () => {
    const { emitted, texts } = resolveObservability(observed, {});
    const issuesOf = (changed: Partial<MetricAlarmDefinition>): readonly string[] => {
        const one = { ...alarm("notes-error-rate"), ...changed };
        return checkAlarms({ metricAlarms: [one], compositeAlarms: [] }, emitted, texts).map(describeIssue);
    };

    it("is nothing of what is generated", () => {
        expect(checkAlarms(alarms, emitted, texts)).to.deep.equal([]);
    });

    for (const [what, changed, message] of [
        ["a period of 90 s", { periodSeconds: 90 }, "periodSeconds is 90; use a multiple of 60"],
        [
            "more than a day of short periods",
            { periods: 300, breaching: 1 },
            "periods is 300; use 1 to 288 whole periods",
        ],
        [
            "more than a week of long periods",
            { periodSeconds: 86_400, periods: 8 },
            "periods is 8; use 1 to 7 whole periods",
        ],
        ["more bad periods than periods", { breaching: 3 }, "breaching is 3; use a whole number from 1 to 2"],
        [
            "a variable that is no metric",
            { expression: "failed_v1 / all_v3" },
            'expression is "failed_v1 / all_v3"; use an expression over failed_v1, all_v1, failed_v2, all_v2, and no other',
        ],
        [
            "a longer expression than the provider takes",
            { expression: `SUM([failed_v1, failed_v2]) / SUM([all_v1, all_v2])${" ".repeat(1000)}` },
            'expression is "1051 characters"; use at most 1024',
        ],
        ["no metric", { metrics: [], expression: "1" }, 'metrics is "none"; use at least one metric'],
        ["a threshold that is no number", { threshold: NaN }, "threshold is null; use a number"],
        ["a name that is too long", { key: "k".repeat(250) }, "characters of a name"],
        ["a description that is too long", { summary: "s".repeat(1000) }, "characters of a description"],
    ] as const) {
        it(`is ${what}`, () => {
            const issues = issuesOf(changed);
            expect(issues).to.have.length(1);
            expect(issues[0]).to.contain(message);
        });
    }

    it("is an eleventh metric", () => {
        const metrics = Array.from({ length: 11 }, (_, index) => ({
            ...alarm("notes-error-rate").metrics[0]!,
            id: `m${index}`,
        }));
        const expression = `SUM([${metrics.map(({ id }) => id).join(", ")}])`;
        expect(issuesOf({ metrics, expression })).to.deep.equal([
            'alarms.notes-error-rate.metrics is "11 metrics"; use at most 10',
        ]);
    });

    it("is a rule over an alarm that is not there, that comes later, or over too many", () => {
        const composite = { ...alarms.compositeAlarms[0]!, key: "all", runbook: "api-unhealthy" as const };
        const children = Array.from({ length: 101 }, (_, index) => ({ alarm: `child-${index}` }));
        const check = (rule: typeof composite.rule): readonly string[] =>
            checkAlarms(
                {
                    metricAlarms: children.map(({ alarm: key }) => ({ ...alarm("notes-error-rate"), key })),
                    compositeAlarms: [{ ...composite, rule }],
                },
                emitted,
                texts,
            ).map(describeIssue);
        expect(check({ any: [{ alarm: "gone" }, { alarm: "all" }] })).to.deep.equal([
            'alarms.all.rule is "gone"; use an alarm that comes before it',
            'alarms.all.rule is "all"; use an alarm that comes before it',
        ]);
        expect(check({ any: children })).to.deep.equal(['alarms.all.rule is "101 alarms"; use at most 100']);
        expect(check({ any: [] })).to.deep.equal(['alarms.all.rule is "no alarm"; use at least one alarm']);
    });

    it("is a second alarm of one name", () => {
        const twice = [alarm("notes-error-rate"), alarm("notes-error-rate")];
        expect(
            checkAlarms({ metricAlarms: twice, compositeAlarms: [] }, emitted, texts).map(describeIssue),
        ).to.deep.equal([
            'alarms.notes-error-rate is "notes-error-rate"; use a name of its own for each alarm',
        ]);
    });
});

describe("Thresholds", () => {
    it("are rejected all at once", () => {
        const wrong = { errorRate: 5, silentMinutes: 7, certificateDays: 0 };
        expect(checkThresholds({ ...defaultThresholds, ...wrong }).map(describeIssue)).to.deep.equal([
            "errorRate is 5; use a share above 0 and below 1",
            "silentMinutes is 7; use 0, or 5 to 1440 minutes in steps of 5",
            "certificateDays is 0; use a number above 0",
        ]);
    });
});
