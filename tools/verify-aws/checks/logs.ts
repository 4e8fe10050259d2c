import { accessLogs, call, LOGGED } from "../calls";
import { holds, notSeen, type Check, type Finding, type Probe } from "../check";

export const logs: readonly Check[] = [
    {
        entry: 26,
        title: "Logs Insights compares numbers in quotes",
        run: async (probe: Probe): Promise<Finding> => {
            await call(probe, "/no/such/path");
            await call(probe, "/things", { headers: { "x-api-key": "" } });
            const query = "fields status | filter status >= 400 and status < 500 | limit 20";
            const found = await probe.until(
                LOGGED,
                () => probe.aws.insights(accessLogs(probe), query),
                (rows) => rows.length > 0,
            );
            const statuses = found.map(({ status }) => Number(status));
            return holds(
                statuses.length > 0 && statuses.every((status) => status >= 400 && status < 500),
                `the query finds ${statuses.join(", ") || "nothing"}`,
            );
        },
    },
    {
        entry: 29,
        title: "metric filters read quoted values, and take `-` as a dimension",
        run: async (probe: Probe): Promise<Finding> => {
            await call(probe, "/things", { headers: { "x-api-key": "" } });
            const namespace = `${probe.settings.prefix}/gateway`;
            const found = await probe.until(
                LOGGED,
                () => probe.aws.metrics(namespace),
                (metrics) => metrics.length > 0,
            );
            if (found.length === 0) {
                return notSeen(`no metric of ${namespace} was made of a log`);
            }
            const values = (await Promise.all(found.map((metric) => probe.aws.values(metric, "Sum")))).flat();
            return holds(
                values.some((value) => value > 0),
                `${found.length} metrics: ${[...new Set(found.map(({ name }) => name))].join(", ")}`,
            );
        },
    },
];
