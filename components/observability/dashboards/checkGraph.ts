import { Issues, type Issue } from "../../model/issues";
import type { Properties } from "./body";
import { limits } from "./limits";

/** Source: CloudWatch user guide, "CloudWatch statistics definitions". */
const statistic =
    /^(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tm|tc|ts|wm)(100|\d{1,2}(\.\d+)?)|(TM|TC|TS|WM|PR)\((\d+(\.\d+)?%?)?:(\d+(\.\d+)?%?)?\))$/;

export function checkGraph(properties: Properties): readonly Issue[] {
    const issues = new Issues();
    const metrics = entriesOf(properties);
    const isCount = metrics.length >= 1 && metrics.length <= limits.metricsOfWidget;
    issues.require(isCount, "", `${metrics.length} metrics`, `1 to ${limits.metricsOfWidget}`);
    const options = metrics.map((metric) => (metric.at(-1) ?? {}) as Properties);
    const ids = options.flatMap(({ id }) => (typeof id === "string" ? [id] : []));
    const known = new Set(ids);
    metrics.forEach((metric, index) => {
        const { expression, stat } = options[index] ?? {};
        const path = `[${index}]`;
        if (expression === undefined) {
            const isMetric = metric.length >= 3 && metric.length % 2 === 1;
            issues.require(
                isMetric,
                path,
                metric.slice(0, -1),
                "namespace, name, and pairs of a dimension and its value",
            );
            issues.require(
                typeof stat === "string" && statistic.test(stat),
                `${path}.stat`,
                stat,
                "a statistic, such as Sum or p99",
            );
            return;
        }
        const asked: readonly string[] =
            typeof expression === "string" ? (expression.match(/\b[a-z]\w*\b/g) ?? []) : [];
        const isWhole = asked.length > 0 && asked.every((id) => known.has(id));
        issues.require(
            isWhole,
            path,
            expression,
            `an expression over ids of the same graph: ${ids.join(", ")}`,
        );
    });
    const once = idsOnce(ids);
    for (const id of ids) {
        const isId = /^[a-z]\w*$/.test(id) && once.has(id);
        issues.require(isId, "", id, "an id of its own: letters, digits, _, beginning with a small letter");
    }
    return issues.all;
}

function idsOnce(ids: readonly string[]): ReadonlySet<string> {
    const [seen, twice] = [new Set<string>(), new Set<string>()];
    for (const id of ids) {
        (seen.has(id) ? twice : seen).add(id);
    }
    return new Set([...seen].filter((id) => !twice.has(id)));
}

/** The metrics and expressions of a graph, as CloudWatch takes them. */
export function entriesOf({ metrics }: Properties): readonly (readonly unknown[])[] {
    return Array.isArray(metrics) ? (metrics as readonly (readonly unknown[])[]) : [];
}
