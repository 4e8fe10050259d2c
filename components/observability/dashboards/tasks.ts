import { loadMetric, taskMetric } from "../metrics/mesh";
import type { ObservedMesh } from "../observed";
import { graphsOf } from "./parts";
import { heading, line } from "./series";
import type { GraphWidget, Row } from "./widget";

/** Tasks that run, and tasks that should, as ECS counts them. */
export function taskCounts(names: readonly string[], mesh: ObservedMesh): readonly GraphWidget[] {
    const counted = (title: string, metric: Parameters<typeof taskMetric>[0]): GraphWidget => ({
        kind: "graph",
        title,
        series: names.map((name) => line(name, taskMetric(metric, name, mesh), "Minimum")),
    });
    return [counted("Running tasks", "RunningTaskCount"), counted("Wanted tasks", "DesiredTaskCount")];
}

/** How busy tasks are. */
export function taskLoad(names: readonly string[], mesh: ObservedMesh): readonly GraphWidget[] {
    const load = (title: string, metric: Parameters<typeof loadMetric>[0]): GraphWidget => ({
        kind: "graph",
        title,
        series: names.map((name) => line(name, loadMetric(metric, name, mesh), "Average")),
        leftLabel: "%",
    });
    return [
        load("CPU, each service's average", "CPUUtilization"),
        load("Memory, each service's average", "MemoryUtilization"),
    ];
}

/** While there is no mesh, and no dashboard of it. */
export function unproxiedRows({ mesh }: { readonly mesh: ObservedMesh }): readonly Row[] {
    const { unproxied } = mesh;
    return unproxied.length === 0
        ? []
        : [
              heading("Tasks of the services"),
              { widgets: [...taskCounts(unproxied, mesh), ...taskLoad(unproxied, mesh)].flatMap(graphsOf) },
          ];
}
