import { call } from "../calls";
import { holds, type Check, type Finding, type Probe } from "../check";
import { json, told } from "../http";

export const versions: readonly Check[] = [
    {
        entry: 19,
        title: "mapped integrations work over a VPC link V2, errors included",
        run: async (probe: Probe): Promise<Finding> => {
            const found = await call(probe, "/things", {}, "v1");
            const missing = await call(probe, "/things/missing", {}, "v1");
            const type = missing.headers["content-type"] ?? "";
            const problem = (json(missing) ?? {}) as { status?: unknown; errors?: unknown };
            return holds(
                found.status === 200 &&
                    missing.status === 404 &&
                    type.startsWith("application/problem+json") &&
                    problem.status === 404 &&
                    problem.errors === undefined,
                `a list ${told(found)}; what is missing ${told(missing)}`,
            );
        },
    },
    {
        entry: 20,
        title: "API Gateway's Velocity makes of version 2 what version 1 promises",
        run: async (probe: Probe): Promise<Finding> => {
            const list = json(await call(probe, "/things", {}, "v1"));
            const one = json(await call(probe, "/things/echo", {}, "v1"));
            const wanted = [{ total: 1, items: [{ name: "echo" }] }, { name: "echo" }];
            return holds(
                JSON.stringify([list, one]) === JSON.stringify(wanted),
                `a list is ${JSON.stringify(list)}, a thing ${JSON.stringify(one)} (velocityjs: ${JSON.stringify(wanted)})`,
            );
        },
    },
];
