import { Issues, type Issue } from "./issues";

/** Tasks of one version of a service that callers can tell apart: Cloud Map and the health checks are measured up to this. */
export const mostTasks = 30;

/** How a service grows with its load. It never has fewer tasks than its `desiredCount`. */
export interface ScalingArgs {
    /** Most tasks, up to 30. */
    readonly maximum: number;
    /** Percent of its tasks' CPU that scaling holds. @default 60 */
    readonly cpuPercent?: number;
    /** Requests a minute and task that scaling holds. @default 1500 */
    readonly requestsPerMinute?: number;
}

export interface Scaling extends Required<ScalingArgs> {
    readonly minimum: number;
}

export function resolveScaling(
    { maximum, cpuPercent = 60, requestsPerMinute = 1500 }: ScalingArgs,
    minimum: number,
): Scaling {
    return { minimum, maximum, cpuPercent, requestsPerMinute };
}

export function checkScaling(args: ScalingArgs, minimum: number): readonly Issue[] {
    const { maximum, cpuPercent, requestsPerMinute } = resolveScaling(args, minimum);
    const issues = new Issues();
    const whole = (value: number, least: number, most: number): boolean =>
        Number.isInteger(value) && value >= least && value <= most;
    issues.require(
        whole(maximum, minimum, mostTasks),
        "maximum",
        maximum,
        `${minimum} (desiredCount) to ${mostTasks} tasks`,
    );
    issues.require(whole(cpuPercent, 10, 90), "cpuPercent", cpuPercent, "10 to 90 percent");
    issues.require(
        whole(requestsPerMinute, 1, 10_000_000),
        "requestsPerMinute",
        requestsPerMinute,
        "at least 1 request a minute and task",
    );
    return issues.all;
}
