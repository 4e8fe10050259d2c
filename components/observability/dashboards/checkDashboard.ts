import { mostLogGroups } from "../../gateway/queryParts";
import { Issues, type Issue } from "../../model/issues";
import { gridColumns, type DashboardBody, type PlacedWidget, type Properties } from "./body";
import { checkGraph, entriesOf } from "./checkGraph";
import { limits } from "./limits";

const views: Readonly<Record<string, readonly string[]>> = {
    metric: ["timeSeries", "singleValue", "gauge", "bar", "pie", "table"],
    log: ["table", "timeSeries", "bar", "pie"],
};
/** What CloudWatch would refuse on deploy, or draw as an empty graph. */
export function checkDashboard(name: string, { start, widgets }: DashboardBody): readonly Issue[] {
    const issues = new Issues();
    const isName = /^[\w-]+$/.test(name) && name.length <= limits.name;
    issues.require(isName, "name", name, `1 to ${limits.name} letters, digits, _ and -`);
    issues.require(/^-P[\dDTHMW]+$/.test(start), "start", start, 'a period before now, such as "-PT3H"');
    issues.require(
        widgets.length <= limits.widgets,
        "widgets",
        `${widgets.length} widgets`,
        `at most ${limits.widgets}`,
    );
    widgets.forEach((widget, index) => {
        issues.addAll(checkWidget(widget), `widgets[${index}]`);
        const other = widgets.slice(0, index).findIndex((each) => overlap(each, widget));
        issues.require(other === -1, `widgets[${index}]`, `over widgets[${other}]`, "a place of its own");
    });
    const metrics = widgets.reduce((sum, { properties }) => sum + entriesOf(properties).length, 0);
    issues.require(
        metrics <= limits.metricsOfDashboard,
        "widgets",
        `${metrics} metrics`,
        `at most ${limits.metricsOfDashboard}`,
    );
    return issues.all;
}

function checkWidget({ height, properties, type, width, x, y }: PlacedWidget): readonly Issue[] {
    const issues = new Issues();
    const isInGrid = [x, y].every((each) => Number.isInteger(each) && each >= 0) && x + width <= gridColumns;
    issues.require(
        isInGrid && width >= 1,
        "x",
        `${x} to ${x + width}`,
        `columns from 0 to ${gridColumns}, at least 1 wide`,
    );
    const isHeight = Number.isInteger(height) && height >= 1 && height <= limits.height;
    issues.require(isHeight, "height", height, `1 to ${limits.height}`);
    const known = views[type];
    if (known !== undefined) {
        const { region, view } = properties;
        issues.require(typeof region === "string" && region !== "", "region", region, "the metrics' region");
        issues.require(known.includes(String(view)), "view", view, `one of ${known.join(", ")}`);
    }
    switch (type) {
        case "metric":
            issues.addAll(checkGraph(properties), "metrics");
            break;
        case "log":
            issues.addAll(checkLogs(properties), "query");
            break;
        case "text":
            issues.require(isText(properties.markdown), "markdown", properties.markdown, "text");
            break;
        case "alarm":
            issues.addAll(checkAlarmList(properties), "alarms");
            break;
    }
    return issues.all;
}

function checkLogs({ query }: Properties): readonly Issue[] {
    const issues = new Issues();
    const groups = [...String(query).matchAll(/SOURCE '([^']*)'/g)].map(([, group]) => group ?? "");
    const isCount = groups.length >= 1 && groups.length <= mostLogGroups;
    issues.require(isCount, "", `${groups.length} log groups`, `1 to ${mostLogGroups}`);
    const commands = String(query)
        .split("|")
        .filter((part) => !part.trim().startsWith("SOURCE") && part.trim() !== "");
    issues.require(commands.length > 0, "", query, "a query after its SOURCE commands");
    for (const group of groups) {
        issues.require(/^[\w.\-/#]{1,512}$/.test(group), "", group, "a log group's name");
    }
    return issues.all;
}

function checkAlarmList({ alarms }: Properties): readonly Issue[] {
    const issues = new Issues();
    const count = Array.isArray(alarms) ? alarms.length : 0;
    const isCount = count >= 1 && count <= limits.alarmsOfWidget;
    issues.require(isCount, "", `${count} alarms`, `1 to ${limits.alarmsOfWidget}`);
    return issues.all;
}

function isText(value: unknown): boolean {
    return typeof value === "string" && value.length > 0;
}

function overlap(a: PlacedWidget, b: PlacedWidget): boolean {
    const apart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
    return !apart;
}
