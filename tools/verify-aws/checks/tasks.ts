import { call } from "../calls";
import { holds, type Check, type Finding, type Probe } from "../check";
import type { Deployment } from "../aws";

/** Minutes that a deployment of a service, or the stop of a task, may take. */
const DEPLOYED = 15;

const deployments = ({ aws, outputs }: Probe): Promise<readonly Deployment[]> =>
    aws.deployments(outputs.clusterArn, outputs.serviceArns.probe);

/** The drain: 8 is over when callers cannot find the task any more, 7 when none of their requests was lost. */
export const tasks: readonly Check[] = [
    {
        entry: 7,
        title: "a deployment resets no request in flight",
        run: async (probe: Probe): Promise<Finding> => {
            const { aws, outputs } = probe;
            await aws.restart(outputs.clusterArn, outputs.serviceArns.probe);
            const statuses: number[] = [];
            await probe.until(
                DEPLOYED,
                async () => {
                    statuses.push((await call(probe, "/things")).status);
                    return deployments(probe);
                },
                ([first, ...others]) => first?.state === "COMPLETED" && others.length === 0,
            );
            const lost = statuses.filter((status) => status >= 500).length;
            return holds(
                lost === 0,
                `${statuses.length} requests while all tasks were replaced, ${lost} lost`,
            );
        },
    },
    {
        entry: 8,
        title: "Cloud Map forgets a stopping task before it is gone",
        notHere: "the order in which AWS takes a task out of Cloud Map and ends it is AWS's own",
        run: async (probe: Probe): Promise<Finding> => {
            const { aws, outputs } = probe;
            const list = (): ReturnType<typeof aws.tasks> =>
                aws.tasks(outputs.clusterArn, outputs.serviceArns.probe);
            const task = (await list()).find(({ status }) => status === "RUNNING");
            if (task === undefined) {
                return holds(false, "no task runs");
            }
            await aws.stopTask(outputs.clusterArn, task.arn);
            const last = await probe.until(
                DEPLOYED,
                async () => ({
                    known: (await aws.addresses(outputs.discoveryId)).includes(task.address),
                    stopped: (await list()).every(
                        ({ arn, status }) => arn !== task.arn || status === "STOPPED",
                    ),
                }),
                ({ known, stopped }) => !known || stopped,
            );
            return holds(
                !last.known && !last.stopped,
                last.known ? "it was gone, and still known" : "it was forgotten while it still drained",
            );
        },
    },
    {
        entry: 9,
        title: "tasks pull their images with a token held to one region",
        run: async ({ aws, outputs }: Probe): Promise<Finding> => {
            const found = await aws.tasks(outputs.clusterArn, outputs.serviceArns.probe);
            const running = found.filter(({ status }) => status === "RUNNING").length;
            const reasons = found
                .map(({ stoppedReason }) => stoppedReason)
                .filter((reason) => /pull/i.test(reason));
            return holds(
                running > 0 && reasons.length === 0,
                `${running} tasks run${reasons.map((reason) => `; ${reason}`).join("")}`,
            );
        },
    },
    {
        entry: 10,
        title: "a new certificate alone starts a deployment",
        run: async (probe: Probe): Promise<Finding> => {
            const before = (await deployments(probe)).map(({ id }) => id);
            await probe.redeploy({ certificateHours: "700" });
            const after = await deployments(probe);
            const made = after.filter(({ id }) => !before.includes(id)).length;
            return holds(made > 0, `${made} deployments were started by the new certificate`);
        },
    },
];
