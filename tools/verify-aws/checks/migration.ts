import { holds, notSeen, type Check, type Finding, type Probe } from "../check";

const NOT_SEEN =
    "asked only of a stack that is `migrating`, within an hour of a step: its logs and deployments tell";
const QUERY = "fields status, backendStatus | sort @timestamp desc | limit 1000";

/** What the access logs of the migrating stack's APIs say of the last hour. */
async function answered({ aws, settings }: Probe): Promise<readonly Readonly<Record<string, string>>[]> {
    const { apis = [], prefix = "" } = settings.migrating ?? {};
    return (await Promise.all(apis.map((api) => aws.insights(`/${prefix}/gateway/${api}/v2`, QUERY)))).flat();
}

/** The shop's own stack is looked at: the probe begins where a migration ends. */
export const migration: readonly Check[] = [
    {
        entry: 38,
        title: "the port in an integration's address picks the load balancer's listener",
        run: async (probe: Probe): Promise<Finding> => {
            const found = await answered(probe);
            const lost = found.filter(
                ({ backendStatus, status }) => backendStatus === "-" && status === "500",
            );
            const reached = found.filter(({ backendStatus = "-" }) => backendStatus !== "-");
            return found.length === 0
                ? notSeen(NOT_SEEN)
                : holds(
                      reached.length > 0 && lost.length === 0,
                      `${reached.length} of ${found.length} requests reached a backend, ${lost.length} ended in the gateway`,
                  );
        },
    },
    {
        entry: 39,
        title: "ECS puts target groups on a running service, and takes them off",
        run: async ({ aws, settings }: Probe): Promise<Finding> => {
            const { clusterArn = "", serviceArns = [] } = settings.migrating ?? {};
            const found = (
                await Promise.all(serviceArns.map((arn) => aws.deployments(clusterArn, arn)))
            ).flat();
            const failed = found.filter(({ state }) => state === "FAILED").length;
            return found.length === 0
                ? notSeen(NOT_SEEN)
                : holds(failed === 0, `${found.length} deployments, ${failed} failed`);
        },
    },
    {
        entry: 40,
        title: "a stage that has moved on leaves its old deployment in time",
        run: async (probe: Probe): Promise<Finding> => {
            const found = await answered(probe);
            const failed = found.filter(({ status = "" }) => status.startsWith("5")).length;
            return found.length === 0
                ? notSeen(NOT_SEEN)
                : holds(failed === 0, `${found.length} requests around the step, ${failed} failed`);
        },
    },
];
