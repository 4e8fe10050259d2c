import { readFileSync } from "node:fs";
import { expect } from "chai";
import { awsMetrics } from "../../components/observability/metrics/aws";
import { checkEmitted, emittedBy } from "../../components/observability/metrics/emitted";
import { emittedByFilters, type LogMetric } from "../../components/observability/metrics/logMetric";
import type { Metric } from "../../components/observability/metrics/metric";
import {
    collectorConfigVariable,
    collectorContainerName,
} from "../../components/mesh/telemetry/collectorContainer";
import type { MeshServiceDefinition } from "../../components/model/mesh";
import {
    emittedByCollector,
    type CollectorConfiguration,
    type EmfExporter,
} from "../../components/observability/metrics/collector";
import { apis, serviceNames, services } from "../../stacks/catalogue";
import type { RecordedResource } from "../support/mocks";
import { deploy, settingsOf } from "./deployShop";

interface Filter {
    readonly metricTransformation: Pick<LogMetric, "namespace" | "name"> & {
        readonly dimensions?: Readonly<Record<string, string>>;
    };
}

interface Query {
    readonly metric?: {
        readonly namespace: string;
        readonly metricName: string;
        readonly dimensions: Metric["dimensions"];
    };
}

function ofType(resources: readonly RecordedResource[], type: string): readonly RecordedResource[] {
    return resources.filter((each) => each.type.endsWith(`:${type}`));
}

/** Every metric of the deployed alarms and dashboards, read back from what was registered. */
function namedMetrics(resources: readonly RecordedResource[]): readonly Metric[] {
    const watched = ofType(resources, "MetricAlarm").flatMap(({ inputs }) =>
        (inputs.metricQueries as readonly Query[]).flatMap(({ metric }) =>
            metric === undefined
                ? []
                : [{ namespace: metric.namespace, name: metric.metricName, dimensions: metric.dimensions }],
        ),
    );
    const shown = ofType(resources, "Dashboard").flatMap(({ inputs }) => {
        const { widgets } = JSON.parse(String(inputs.dashboardBody)) as {
            widgets: readonly { properties: { metrics?: readonly (readonly unknown[])[] } }[];
        };
        return widgets.flatMap(({ properties }) => (properties.metrics ?? []).flatMap(metricOfEntry));
    });
    return [...watched, ...shown];
}

function metricOfEntry(entry: readonly unknown[]): readonly Metric[] {
    const [namespace, name, ...pairs] = entry.slice(0, -1).map(String);
    if (namespace === undefined || name === undefined) {
        return [];
    }
    const dimensions = pairs.flatMap((key, index) =>
        index % 2 === 0 ? [[key, pairs[index + 1] ?? ""]] : [],
    );
    return [{ namespace, name, dimensions: Object.fromEntries(dimensions) as Metric["dimensions"] }];
}

/** What each deployed collector is configured to write, by its member. */
function collectors(resources: readonly RecordedResource[]): ReadonlyMap<string, EmfExporter> {
    const found = ofType(resources, "TaskDefinition").flatMap(({ inputs, name }) => {
        const containers = JSON.parse(String(inputs.containerDefinitions)) as readonly {
            name: string;
            environment: readonly { name: string; value: string }[];
        }[];
        const { environment = [] } = containers.find((each) => each.name === collectorContainerName) ?? {};
        return environment
            .filter((variable) => variable.name === collectorConfigVariable)
            .map(({ value }) => {
                const { exporters } = JSON.parse(value) as CollectorConfiguration;
                return [name, exporters.awsemf] as const;
            });
    });
    return new Map(found);
}

/** Prod's: its ingress shares its limit. */
const members = [...serviceNames, "ingress", "user-limiter"];

/** What AWS, the deployed metric filters and the deployed collectors write; without proxies there are no collectors. */
function emittedIn(resources: readonly RecordedResource[]): ReturnType<typeof emittedBy> {
    const filters = ofType(resources, "LogMetricFilter").map(({ inputs }) => {
        const { metricTransformation } = inputs as unknown as Filter;
        return { ...metricTransformation, dimensions: metricTransformation.dimensions ?? {} } as LogMetric;
    });
    const collector = collectors(resources).get("ingress");
    return emittedBy(
        awsMetrics,
        emittedByFilters(filters),
        collector === undefined ? {} : emittedByCollector(collector),
    );
}

/** Of the catalogue; the ingress calls the services behind an API, and the limiter. */
function callsOf(member: string): readonly string[] {
    const { calls = [] } =
        Object.entries<MeshServiceDefinition>(services).find(([name]) => name === member)?.[1] ?? {};
    return member === "ingress"
        ? [...Object.values(apis).map(({ service }) => service), "user-limiter"]
        : calls;
}

describe("The shop's observability", () => {
    let resources: readonly RecordedResource[];
    let metrics: readonly Metric[];
    before(async () => {
        resources = await deploy(settingsOf("prod"));
        metrics = namedMetrics(resources);
    });

    const valuesOf = (namespace: string, dimension: string): readonly string[] => {
        const values = metrics
            .filter((metric) => metric.namespace === namespace)
            .flatMap(({ dimensions }) => dimensions[dimension] ?? []);
        return [...new Set(values)].sort();
    };

    it('names only metrics that AWS, a metric filter of the stack or a collector writes: ADR-003, "Custom metrics and alerts"', () => {
        expect(metrics.length).to.be.above(300);
        expect(checkEmitted("", metrics, emittedIn(resources))).to.deep.equal([]);
    });

    for (const [phase, least] of [
        [1, 100],
        [2, 300],
    ] as const) {
        it(`names only metrics that somebody writes in phase ${phase} of the migration, too`, async () => {
            const earlier = await deploy(settingsOf("prod", { phase }));
            const named = namedMetrics(earlier);
            expect(named.length).to.be.above(least);
            expect(checkEmitted("", named, emittedIn(earlier))).to.deep.equal([]);
            const services = new Set(
                ofType(earlier, "Service")
                    .filter(({ type }) => type.startsWith("aws:ecs/"))
                    .map(({ name }) => name),
            );
            const watched = named.flatMap(({ dimensions }) => dimensions.ServiceName ?? []);
            expect([...services]).to.include.members(watched);
            const hosts = named.filter(({ dimensions }) => "TargetGroup" in dimensions);
            expect(hosts.length > 0).to.equal(services.has("ingress"));
        });
    }

    it("names numbers of the mesh only by members whose own collector sends them, and callees that they call", () => {
        const byMember = collectors(resources);
        expect([...byMember.keys()].sort()).to.deep.equal([...members].sort());
        const ofMesh = metrics.filter(({ namespace }) => namespace === "traffic-prod/mesh");
        expect(new Set(ofMesh.map(({ dimensions }) => dimensions.service))).to.deep.equal(
            new Set(byMember.keys()),
        );
        for (const metric of ofMesh) {
            const { callee, service = "" } = metric.dimensions;
            expect(checkEmitted(service, [metric], emittedByCollector(byMember.get(service)!))).to.deep.equal(
                [],
            );
            if (callee !== undefined) {
                expect(callsOf(service), `${service} to ${callee}`).to.include(callee);
            }
        }
    });

    it("names every API's REST API and stage as they are deployed", () => {
        const deployed = ofType(resources, "RestApi").map(({ inputs }) => String(inputs.name));
        expect(valuesOf("AWS/ApiGateway", "ApiName")).to.deep.equal([...deployed].sort());
        const stages = new Set(ofType(resources, "Stage").map(({ inputs }) => String(inputs.stageName)));
        expect(valuesOf("AWS/ApiGateway", "Stage")).to.deep.equal([...stages].sort());
    });

    it('names the ECS services, in the cluster that is deployed: ADR-003, "Health check status"', () => {
        expect(valuesOf("ECS/ContainerInsights", "ServiceName")).to.deep.equal([...members].sort());
        const [cluster] = ofType(resources, "Cluster");
        expect(valuesOf("ECS/ContainerInsights", "ClusterName")).to.deep.equal([cluster?.inputs.name]);
        expect(cluster?.inputs.settings).to.deep.equal([{ name: "containerInsights", value: "enhanced" }]);
    });

    it("names the Web ACL and its rules by what they are called in CloudWatch", () => {
        const [acl] = ofType(resources, "WebAcl");
        const { rules, visibilityConfig } = acl!.inputs as unknown as {
            rules: readonly { visibilityConfig: { metricName: string } }[];
            visibilityConfig: { metricName: string };
        };
        expect(valuesOf("AWS/WAFV2", "WebACL")).to.deep.equal([visibilityConfig.metricName]);
        const called = [...rules.map((rule) => rule.visibilityConfig.metricName), "ALL"];
        const asked = valuesOf("AWS/WAFV2", "Rule");
        expect(called).to.include.members(asked);
        expect(asked).to.include.members(["per-address", "per-credential"]);
    });

    it("filters log groups that are deployed, each by the fields of its own log", () => {
        const groups = ofType(resources, "LogGroup").map(({ inputs }) => String(inputs.name));
        const filtered = ofType(resources, "LogMetricFilter").map(({ inputs }) =>
            String(inputs.logGroupName),
        );
        expect(groups).to.include.members(filtered);
        const dashboards = ofType(resources, "Dashboard").map(({ inputs }) => String(inputs.dashboardBody));
        const asked = dashboards.flatMap((body) => [...body.matchAll(/SOURCE '([^']+)'/g)]);
        expect(groups).to.include.members(asked.map(([, group]) => group));
    });

    it("watches every promise of the catalogue", () => {
        const alarms = ofType(resources, "MetricAlarm").map(({ inputs }) => inputs);
        for (const [api, { objectives }] of Object.entries(apis)) {
            const fast = alarms.find(({ name }) => name === `traffic-prod-${api}-availability-1h`);
            expect(fast?.threshold).to.be.closeTo(14.4 * (1 - objectives.availability), 1e-7);
            const slow = alarms.find(({ name }) => name === `traffic-prod-${api}-latency-6h`);
            expect(slow?.threshold).to.be.closeTo(6 * (1 - objectives.latency.share), 1e-7);
            const { withinMilliseconds } = objectives.latency;
            expect(JSON.stringify(slow)).to.contain(`PR(0:${withinMilliseconds})`);
        }
    });

    it("has a composite alarm for each API, each service and the ingress, and each of them tells people", () => {
        const told = ofType(resources, "CompositeAlarm")
            .filter(({ inputs }) => inputs.alarmActions !== undefined)
            .map(({ inputs }) => inputs.alarmName);
        expect(told).to.have.members([
            ...Object.keys(apis).map((api) => `traffic-prod-${api}-api`),
            ...members.map((service) => `traffic-prod-${service}`),
        ]);
    });

    it("costs what docs/observability.md says", async () => {
        for (const stack of ["dev", "prod"]) {
            const all = stack === "prod" ? resources : await deploy(settingsOf(stack));
            const count = (type: string): number => ofType(all, type).length;
            const asked = namedMetrics(ofType(all, "MetricAlarm")).length;
            const row = `| ${stack} | ${count("MetricAlarm")} | ${asked} | ${count("CompositeAlarm")} |`;
            const table = readFileSync("docs/observability.md", "utf8").replaceAll(/ +/g, " ");
            expect(table).to.contain(row);
        }
    });
});
