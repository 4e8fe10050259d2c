import { expect } from "chai";
import { describeIssue } from "../../../components/model/issues";
import type { Observed, ObservedApi, ObservedMember } from "../../../components/observability/observed";
import {
    resolveObservability,
    type ResolvedDashboard,
} from "../../../components/observability/resolveObservability";
import { ringOfServices } from "../../../tools/bench/programs/ringOfServices";
import { objectives, observed } from "./support";

/** A mesh and its APIs, two versions each, in any size. */
function grown(services: number, apis: number): Observed {
    const members = Object.entries(ringOfServices(services)).map(
        ([name, { calls = [] }]): ObservedMember => ({
            name,
            service: name,
            entrance: "inbound",
            calls,
            logs: `/traffic-test/mesh/${name}`,
        }),
    );
    const published = Array.from({ length: apis }, (_, index): ObservedApi => ({
        name: `api-${index}`,
        service: `service-${index % services}`,
        objectives,
        versions: ["v1", "v2"].map((version) => ({
            version,
            restApi: `traffic-test-api-${index}-${version}`,
            accessLogs: `/traffic-test/gateway/api-${index}/${version}`,
        })),
    }));
    return {
        ...observed,
        gateway: { ...observed.gateway, apis: published },
        mesh: { ...observed.mesh, members },
    };
}

const textOf = ({ body }: ResolvedDashboard): string => JSON.stringify(body);

describe("What looks at a catalogue that grows", () => {
    for (const [services, apis] of [
        [40, 5],
        [64, 26],
        [256, 100],
    ] as const) {
        it(`shows ${services} services and ${apis} APIs, on as many dashboards as it takes`, () => {
            const { dashboards, issues } = resolveObservability(grown(services, apis), {});
            expect(issues.map(describeIssue)).to.deep.equal([]);
            const ofKind = (kind: string): readonly string[] =>
                dashboards.filter(({ key }) => new RegExp(`^${kind}(-\\d+)?$`).test(key)).map(textOf);
            for (let index = 0; index < services; index += 1) {
                const alarm = `:alarm:traffic-test-service-${index}"`;
                expect(ofKind("mesh").filter((text) => text.includes(alarm)).length, alarm).to.equal(1);
                const logs = `/traffic-test/mesh/service-${index}'`;
                expect(ofKind("path").join().split(logs).length - 1, logs).to.equal(2);
            }
            for (let index = 0; index < apis; index += 1) {
                const alarm = `:alarm:traffic-test-api-${index}-api"`;
                expect(ofKind("gateway").filter((text) => text.includes(alarm)).length, alarm).to.equal(1);
            }
        });
    }

    it("keeps one dashboard a layer for the shop's size", () => {
        const { dashboards } = resolveObservability(grown(8, 5), {});
        expect(dashboards.map(({ key }) => key)).to.deep.equal(["gateway", "mesh", "path"]);
    });

    it("counts an ejection on the callee's dashboard, whichever shows its caller", () => {
        const { dashboards } = resolveObservability(grown(256, 5), {});
        const [first] = dashboards.filter(({ key }) => key === "mesh").map(textOf);
        expect(first).to.contain("service-0");
        for (const caller of [253, 254, 255]) {
            expect(first).to.contain(`"service-${caller}"`);
        }
    });

    it("meets the account's alarms, and says which is the first too many", () => {
        const issuesWith = (alarms: number): readonly string[] =>
            resolveObservability(grown(8, 5), { quotas: { alarms } }).issues.map(describeIssue);
        const { alarms } = resolveObservability(grown(8, 5), {});
        const count = alarms.metricAlarms.length + alarms.compositeAlarms.length;
        expect(issuesWith(count)).to.deep.equal([]);
        expect(issuesWith(count - 1)).to.deep.equal([
            `alarms is "${count} alarms"; use at most ${count - 1} (Alarms of an account and region): "service-7" is the first too many; let another account have the services after that, or set quotas.alarms once AWS has granted more (Service Quotas, CloudWatch)`,
        ]);
        expect(issuesWith(0)[0]).to.equal(
            "quotas.alarms is 0; use what AWS lets the account have, a whole number of at least 1",
        );
    });
});
