import { call, LOGGED } from "../calls";
import { holds, notSeen, type Check, type Finding, type Probe } from "../check";

export const alarms: readonly Check[] = [
    {
        entry: 28,
        title: "alarms reach the encrypted topic",
        run: async ({ aws, settings, until }: Probe): Promise<Finding> => {
            const alarm = (await aws.alarms(`${settings.prefix}-`)).find(({ tells }) => tells);
            if (alarm === undefined) {
                return notSeen("no alarm tells anybody by itself");
            }
            await aws.ring(alarm.name);
            const actions = await until(
                2,
                () => aws.alarmActions(alarm.name),
                (found) => found.length > 0,
            );
            const [last] = actions;
            return last === undefined
                ? notSeen(`the history of ${alarm.name} names no action: it told nobody`)
                : holds(/success/i.test(last), `${alarm.name}: ${last}`);
        },
    },
    {
        entry: 31,
        title: "PR(0:800) works on API Gateway's latency",
        run: async (probe: Probe): Promise<Finding> => {
            await call(probe, "/things");
            const metric = {
                namespace: "AWS/ApiGateway",
                name: "Latency",
                dimensions: { ApiName: `${probe.settings.prefix}-probe-v2`, Stage: "v2" },
            };
            const values = await probe.until(
                LOGGED,
                () => probe.aws.values(metric, "PR(0:800)"),
                (found) => found.length > 0,
            );
            return holds(
                values.length > 0 && values.every((value) => value >= 0 && value <= 100),
                `${values.length} values, ${values.slice(0, 3).join(", ")}`,
            );
        },
    },
    {
        entry: 37,
        title: "target tracking follows a metric that each task writes once a minute",
        run: async ({ aws, settings, until }: Probe): Promise<Finding> => {
            const found = await until(
                LOGGED,
                () => aws.alarms(`TargetTracking-service/${settings.prefix}/probe-service`),
                (alarms) =>
                    alarms.some(
                        ({ metrics, state }) => metrics.includes("requests") && state !== "INSUFFICIENT_DATA",
                    ),
            );
            const own = found.filter(({ metrics }) => metrics.includes("requests"));
            return holds(
                own.some(({ state }) => state !== "INSUFFICIENT_DATA"),
                own.map(({ name, state }) => `${name} is ${state}`).join("; ") ||
                    "there is no alarm of that policy",
            );
        },
    },
];
