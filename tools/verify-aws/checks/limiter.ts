import type { Call, Task } from "../aws";
import { holds, notSeen, type Check, type Finding, type Probe } from "../check";

const NO_LIMITER = "asked only of a stack with `traffic:rateLimit.shared`, named by `limiter`";
const NO_CALLS = "asked only with a `deployRole` that has made the limiter's store within a day";

async function running({ aws, settings }: Probe): Promise<readonly Task[]> {
    const { clusterArn, serviceArn } = settings.limiter ?? {};
    if (clusterArn === undefined || serviceArn === undefined) {
        return [];
    }
    return (await aws.tasks(clusterArn, serviceArn)).filter(({ status }) => status === "RUNNING");
}

/** What the deploy role called by that name within a day. */
async function calls({ aws, settings }: Probe, name: string): Promise<readonly Call[]> {
    const found = settings.deployRole === undefined ? [] : await aws.calls(settings.deployRole);
    return found.filter((call) => call.name === name);
}

const errorsOf = (found: readonly Call[]): string =>
    [...new Set(found.map(({ error }) => error).filter((error) => error !== ""))].join(", ");

/** A stack of the user's own is looked at: the probe has no store. */
export const limiter: readonly Check[] = [
    {
        entry: 44,
        title: "the limiter's container writes its limits to /dev/shm, and runs",
        run: async (probe: Probe): Promise<Finding> => {
            const states = (await running(probe)).map(({ containers }) => containers.application ?? "absent");
            return states.length === 0
                ? notSeen(NO_LIMITER)
                : holds(
                      states.every((state) => state === "RUNNING"),
                      `the limiter of each task is ${states.join(", ")}`,
                  );
        },
    },
    {
        entry: 45,
        title: "the limiter reaches its store, without which it does not become healthy",
        run: async ({ aws, settings }: Probe): Promise<Finding> => {
            if (settings.limiter === undefined) {
                return notSeen(NO_LIMITER);
            }
            const { clusterArn, serviceArn } = settings.limiter;
            const states = (await aws.deployments(clusterArn, serviceArn)).map(({ state }) => state);
            return holds(
                states.length > 0 && states.every((state) => state === "COMPLETED"),
                `the service's deployments: ${states.join(", ") || "none"}`,
            );
        },
    },
    {
        entry: 46,
        title: "a user group of Valkey needs no user called `default`",
        run: async (probe: Probe): Promise<Finding> => {
            const found = await calls(probe, "CreateUserGroup");
            const errors = errorsOf(found);
            return found.length === 0
                ? notSeen(NO_CALLS)
                : holds(errors === "", `${found.length} user groups, errors: ${errors || "none"}`);
        },
    },
    {
        entry: 47,
        title: "ElastiCache makes its cache's VPC endpoint without the deploy role's permissions",
        run: async (probe: Probe): Promise<Finding> => {
            const made = await calls(probe, "CreateServerlessCache");
            const errors = errorsOf([...made, ...(await calls(probe, "CreateVpcEndpoint"))]);
            return made.length === 0
                ? notSeen(NO_CALLS)
                : holds(errors === "", `${made.length} caches, errors: ${errors || "none"}`);
        },
    },
];
