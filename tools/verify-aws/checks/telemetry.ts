import { call, LOGGED, memberLogs, rows } from "../calls";
import { holds, notSeen, type Check, type Finding, type Probe } from "../check";
import type { Metric } from "../aws";

const metricsOf = async (probe: Probe): Promise<readonly Metric[]> => {
    await call(probe, "/things");
    return probe.until(
        LOGGED,
        () => probe.aws.metrics(`${probe.settings.prefix}/mesh`),
        (found) => found.length > 0,
    );
};

export const telemetry: readonly Check[] = [
    {
        entry: 33,
        title: "embedded metrics that a container writes to standard output become metrics",
        run: async (probe: Probe): Promise<Finding> => {
            const found = await metricsOf(probe);
            return holds(found.length > 0, `${found.length} metrics in ${probe.settings.prefix}/mesh`);
        },
    },
    {
        entry: 34,
        title: "the exporters read their configuration, and make one metric for each set of dimensions",
        run: async (probe: Probe): Promise<Finding> => {
            const sets = new Map<string, Set<string>>();
            for (const { name, dimensions } of await metricsOf(probe)) {
                const names = Object.keys(dimensions).sort().join(",");
                sets.set(name, (sets.get(name) ?? new Set()).add(names));
            }
            const unclear = [...sets].filter(([, names]) => names.size !== 1).map(([name]) => name);
            return sets.size === 0
                ? holds(false, "the collector made no metric")
                : holds(
                      unclear.length === 0,
                      `${sets.size} names; more than one set of dimensions: ${unclear.join(", ") || "none"}`,
                  );
        },
    },
    {
        entry: 35,
        title: "the collector's image runs as another user on a read-only file system",
        run: async ({ aws, outputs }: Probe): Promise<Finding> => {
            const found = await aws.tasks(outputs.clusterArn, outputs.serviceArns.probe);
            const states = found
                .filter(({ status }) => status === "RUNNING")
                .map(({ containers }) => containers.collector);
            return states.length === 0
                ? notSeen("no task runs")
                : holds(
                      states.every((state) => state === "RUNNING"),
                      `the collector of each task is ${states.join(", ")}`,
                  );
        },
    },
    {
        entry: 36,
        title: "X-Ray takes W3C trace ids",
        run: async (probe: Probe): Promise<Finding> => {
            const since = probe.now();
            for (let count = 0; count < 50; count += 1) {
                await call(probe, "/things");
            }
            const found = await probe.until(
                LOGGED,
                () => probe.aws.traces(since, 'service("ingress")'),
                (traces) => traces.length > 0,
            );
            if (found.length > 0) {
                return holds(
                    true,
                    `${found.length} traces: ${[...new Set(found.flatMap(({ services }) => services))].join(", ")}`,
                );
            }
            const said = rows(await probe.aws.logs(memberLogs(probe, "ingress"), since, "xray"));
            return holds(false, `no trace; the collector says ${JSON.stringify(said[0] ?? "nothing")}`);
        },
    },
];
