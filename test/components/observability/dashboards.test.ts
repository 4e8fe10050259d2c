import { expect } from "chai";
import {
    dashboardBody,
    type DashboardBody,
    type PlacedWidget,
} from "../../../components/observability/dashboards/body";
import { checkDashboard } from "../../../components/observability/dashboards/checkDashboard";
import type { DashboardDefinition } from "../../../components/observability/dashboards/widget";
import { describeIssue } from "../../../components/model/issues";
import { resolveObservability } from "../../../components/observability/resolveObservability";
import type { Observed } from "../../../components/observability/observed";
import { observed, withoutProxies } from "./support";

const { dashboards } = resolveObservability(observed, {});

function dashboard(key: string): DashboardBody {
    return dashboards.find((each) => each.key === key)!.body;
}

function titles(key: string): readonly string[] {
    return dashboard(key).widgets.map(({ properties }) => String(properties.title ?? properties.markdown));
}

describe("The three dashboards", () => {
    it('are of the gateway, the mesh, and the whole path: ADR-003, "CloudWatch dashboards"', () => {
        expect(dashboards.map(({ name }) => name)).to.deep.equal([
            "traffic-test-gateway",
            "traffic-test-mesh",
            "traffic-test-path",
        ]);
    });

    it('show "Request/Response metrics", "Error rates and latency", "API usage analytics", "Rate limiting metrics" and "Authentication metrics"', () => {
        const headings = titles("gateway").filter((title) => title.startsWith("## "));
        expect(headings).to.deep.equal([
            "## Request/Response metrics",
            "## Error rates and latency",
            "## API usage analytics",
            "## Rate limiting metrics",
            "## Authentication metrics",
        ]);
    });

    it('show "Service-to-service communication metrics", "Circuit breaker status", "Load balancing metrics", "Health check status" and "Traffic flow metrics"', () => {
        const headings = titles("mesh").filter((title) => title.startsWith("## "));
        expect(headings).to.deep.equal([
            "## Service-to-service communication metrics",
            "## Circuit breaker status",
            "## Mutual TLS",
            "## Load balancing metrics",
            "## Health check status",
            "## Traffic flow metrics",
        ]);
    });

    it("show under every heading at least two graphs or tables", () => {
        for (const { body, key } of dashboards) {
            const under = new Map<string, number>();
            let heading = "";
            for (const { properties, type } of body.widgets) {
                const { markdown } = properties;
                if (typeof markdown === "string" && markdown.startsWith("## ")) {
                    heading = markdown;
                    under.set(heading, 0);
                } else if (type === "metric" || type === "log") {
                    under.set(heading, (under.get(heading) ?? 0) + 1);
                }
            }
            for (const [title, count] of under) {
                expect(count, `${key} ${title}`).to.be.above(title.includes("p99") ? 0 : 1);
            }
        }
    });

    const layersThatRefuse = (mesh: Observed["mesh"]): readonly string[] => {
        const { body } = resolveObservability({ ...observed, mesh }, {}).dashboards.find(
            ({ key }) => key === "path",
        )!;
        const { properties } = body.widgets.find(
            ({ properties }) => properties.title === "Refused, by layer",
        )!;
        return (properties.metrics as readonly (readonly unknown[])[])
            .map((entry) => entry.at(-1) as { label: string; visible?: boolean })
            .filter(({ visible }) => visible !== false)
            .map(({ label }) => label);
    };
    const beforeTheIngress = ["AWS WAF", "API Gateway: token or key", "API Gateway: too many"];

    it("tell rate-limit hits by layer", () => {
        expect(layersThatRefuse(observed.mesh)).to.deep.equal([
            ...beforeTheIngress,
            "mesh ingress: too many",
        ]);
    });

    it("tell of no refusal by the ingress in phases 1 and 2 of the migration", () => {
        expect(layersThatRefuse(withoutProxies)).to.deep.equal(beforeTheIngress);
        const inPhase2 = { ...observed.mesh, entrance: "services" } as const;
        expect(layersThatRefuse(inPhase2)).to.deep.equal(beforeTheIngress);
    });

    it("tell of ingress and proxies only what the phase of the migration has, and of tasks in every phase", () => {
        const pathIn = (mesh: Observed["mesh"]): readonly PlacedWidget[] =>
            resolveObservability({ ...observed, mesh }, {}).dashboards.find(({ key }) => key === "path")!.body
                .widgets;
        const introductionIn = (mesh: Observed["mesh"]): string =>
            String(pathIn(mesh)[0]!.properties.markdown);
        expect(introductionIn(observed.mesh)).to.match(
            /^\*\*client → AWS WAF → API Gateway → load balancer → mesh ingress → service\.\*\* One request id is in the logs of every layer:/,
        );
        expect(introductionIn({ ...observed.mesh, entrance: "services" })).to.match(
            /^\*\*client → .* → load balancer → service\.\*\* Until phase 3 the gateway's requests reach a service's application past its proxy:/,
        );
        expect(introductionIn(withoutProxies))
            .to.match(
                /load balancer → service\.\*\* Services have no proxies yet: the gateway alone logs requests/,
            )
            .and.not.include("ingress");
        const graphs = pathIn(withoutProxies).map(({ properties }) => String(properties.title));
        expect(graphs).to.include.members(["Running tasks", "Wanted tasks"]);
        expect(graphs.filter((title) => title.includes("Ingress"))).to.deep.equal([]);
    });

    it("are valid, as CloudWatch documents it", () => {
        for (const { body, name } of dashboards) {
            expect(checkDashboard(name, body).map(describeIssue)).to.deep.equal([]);
        }
    });

    it("keep their layout on the grid: rows share the width", () => {
        const rows: DashboardDefinition = {
            key: "grid",
            rows: [
                { height: 2, widgets: [{ kind: "text", markdown: "a" }] },
                { widgets: ["b", "c", "d", "e", "f"].map((markdown) => ({ kind: "text", markdown })) },
            ],
        };
        const { widgets } = dashboardBody(rows, { region: "eu-central-1", alarmArn: (key) => key });
        expect(widgets.map(({ x, y, width, height }) => [x, y, width, height])).to.deep.equal([
            [0, 0, 24, 2],
            [0, 2, 4, 6],
            [4, 2, 4, 6],
            [8, 2, 4, 6],
            [12, 2, 4, 6],
            [16, 2, 8, 6],
        ]);
    });
});

describe("What CloudWatch would refuse of a dashboard", () => {
    const text: PlacedWidget = {
        type: "text",
        x: 0,
        y: 0,
        width: 24,
        height: 1,
        properties: { markdown: "a" },
    };
    const metric = ["AWS/ApiGateway", "Count", "ApiName", "notes", { stat: "Sum", id: "m0", label: "m" }];
    const graph: PlacedWidget = {
        ...text,
        type: "metric",
        properties: { region: "eu-central-1", view: "timeSeries", metrics: [metric] },
    };
    const logs: PlacedWidget = {
        ...text,
        type: "log",
        properties: { region: "eu-central-1", view: "table", query: "SOURCE '/a' | fields status" },
    };
    const withProperties = (widget: PlacedWidget, properties: object): PlacedWidget => ({
        ...widget,
        properties: { ...widget.properties, ...properties },
    });
    const issuesOf = (...widgets: readonly PlacedWidget[]): readonly string[] =>
        checkDashboard("shop", { start: "-PT3H", periodOverride: "inherit", widgets }).map(describeIssue);

    it("is nothing of these", () => {
        expect(issuesOf(text, { ...graph, y: 1 }, { ...logs, y: 2 })).to.deep.equal([]);
    });

    for (const [what, widget, message] of [
        [
            "beyond the grid",
            { ...text, x: 12, width: 13 },
            'widgets[0].x is "12 to 25"; use columns from 0 to 24, at least 1 wide',
        ],
        ["without height", { ...text, height: 0 }, "widgets[0].height is 0; use 1 to 1000"],
        ["an empty text", withProperties(text, { markdown: "" }), 'widgets[0].markdown is ""; use text'],
        [
            "without region",
            withProperties(graph, { region: "" }),
            'widgets[0].region is ""; use the metrics\' region',
        ],
        [
            "an unknown view",
            withProperties(graph, { view: "donut" }),
            'widgets[0].view is "donut"; use one of timeSeries, singleValue, gauge, bar, pie, table',
        ],
        [
            "without metrics",
            withProperties(graph, { metrics: [] }),
            'widgets[0].metrics is "0 metrics"; use 1 to 500',
        ],
        [
            "501 metrics",
            withProperties(graph, {
                metrics: Array.from({ length: 501 }, () => ["A", "b", { stat: "Sum", label: "" }]),
            }),
            'widgets[0].metrics is "501 metrics"; use 1 to 500',
        ],
        [
            "a dimension without value",
            withProperties(graph, { metrics: [["A", "b", "Dim", { stat: "Sum" }]] }),
            'widgets[0].metrics[0] is ["A","b","Dim"]; use namespace, name, and pairs of a dimension and its value',
        ],
        [
            "an unknown statistic",
            withProperties(graph, { metrics: [["A", "b", { stat: "p101" }]] }),
            'widgets[0].metrics[0].stat is "p101"; use a statistic, such as Sum or p99',
        ],
        [
            "an expression over nothing",
            withProperties(graph, { metrics: [metric, [{ expression: "SUM([m0, m1])" }]] }),
            'widgets[0].metrics[1] is "SUM([m0, m1])"; use an expression over ids of the same graph: m0',
        ],
        [
            "an id twice",
            withProperties(graph, { metrics: [metric, metric] }),
            'widgets[0].metrics is "m0"; use an id of its own: letters, digits, _, beginning with a small letter',
        ],
        [
            "a query without log groups",
            withProperties(logs, { query: "fields status" }),
            'widgets[0].query is "0 log groups"; use 1 to 50',
        ],
        [
            "a query of nothing",
            withProperties(logs, { query: "SOURCE '/a' | " }),
            "widgets[0].query is \"SOURCE '/a' | \"; use a query after its SOURCE commands",
        ],
        [
            "an alarm list without alarms",
            { ...text, type: "alarm", properties: { alarms: [] } },
            'widgets[0].alarms is "0 alarms"; use 1 to 100',
        ],
    ] as const satisfies readonly (readonly [string, PlacedWidget, string])[]) {
        it(`is a widget ${what}`, () => {
            expect([...new Set(issuesOf(widget))]).to.deep.equal([message]);
        });
    }

    it("is a 501st widget, and one on top of another", () => {
        const many = Array.from({ length: 501 }, (_, y) => ({ ...text, y }));
        expect(issuesOf(...many)).to.deep.equal(['widgets is "501 widgets"; use at most 500']);
        expect(issuesOf(text, text)).to.deep.equal([
            'widgets[1] is "over widgets[0]"; use a place of its own',
        ]);
    });

    it("is more than 2500 metrics together", () => {
        const metrics = Array.from({ length: 500 }, () => ["A", "b", { stat: "Sum" }]);
        const full = Array.from({ length: 6 }, (_, y) => ({ ...withProperties(graph, { metrics }), y }));
        expect(issuesOf(...full)).to.deep.equal(['widgets is "3000 metrics"; use at most 2500']);
    });

    it("is a name with a dot, and a time that is no past", () => {
        const body = { start: "PT3H", periodOverride: "inherit", widgets: [] } as const;
        expect(checkDashboard("shop.dev", body).map(describeIssue)).to.deep.equal([
            'name is "shop.dev"; use 1 to 255 letters, digits, _ and -',
            'start is "PT3H"; use a period before now, such as "-PT3H"',
        ]);
    });
});
