import type { TaskSize } from "./fargate";
import type { Issue } from "./issues";

/** A group of tasks that Fargate runs, at its largest. */
export interface FargateDemand {
    readonly size: Pick<TaskSize, "cpu">;
    readonly services: number;
    /** Most tasks of each service. */
    readonly tasks: number;
}

const unitsPerVcpu = 1024;
/** A deployment starts as many new tasks as there are old ones before it ends those. */
const whileDeploying = 2;

/**
 * What a new account may run. Source: AWS General Reference, "Amazon ECS endpoints and quotas", Fargate On-Demand vCPU resource
 * count (L-3032A538).
 */
export const defaultFargateVcpu = 6;

/** vCPU that all tasks take when every service is at its largest and is deployed at once. */
export function fargateVcpu(demands: readonly FargateDemand[]): number {
    const units = demands.reduce((sum, { size, services, tasks }) => sum + size.cpu * services * tasks, 0);
    return (units * whileDeploying) / unitsPerVcpu;
}

/** The issue of a quota under which a deployment, or a peak, would stop half-way: ECS starts no task above it. */
export function checkFargateQuota(
    demands: readonly FargateDemand[],
    quota: number,
    path: string,
): readonly Issue[] {
    const needed = fargateVcpu(demands);
    return needed <= quota
        ? []
        : [
              {
                  path,
                  got: quota,
                  want: `at least ${Math.ceil(needed)}, once AWS has granted it: every service at its largest, twice while it is deployed (Service Quotas, AWS Fargate, L-3032A538 "Fargate On-Demand vCPU resource count"); or fewer or smaller tasks`,
              },
          ];
}
