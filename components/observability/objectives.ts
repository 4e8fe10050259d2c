import { Issues, type Issue } from "../model/issues";

/** What an API promises its clients, over any 30 days. */
export interface ServiceLevelObjectives {
    /** Share of requests that the platform does not fail (5xx), for example 0.999. */
    readonly availability: number;
    /** Share of requests that are answered within a time. */
    readonly latency: LatencyObjective;
}

export interface LatencyObjective {
    /** For example 0.99. */
    readonly share: number;
    /** From the request's arrival at API Gateway to its answer. */
    readonly withinMilliseconds: number;
}

/** What an API promises that does not say so itself. */
export const defaultObjectives: ServiceLevelObjectives = {
    availability: 0.999,
    latency: { share: 0.99, withinMilliseconds: 1000 },
};

/** Below 0.95 the fast burn rate would ask for more failures than there are requests; above 0.9999 CloudWatch's minutes are too coarse. */
const range = { least: 0.95, most: 0.9999 };
/** API Gateway gives up on a backend after 29 s. */
const longestMilliseconds = 29_000;

export function checkObjectives({ availability, latency }: ServiceLevelObjectives): readonly Issue[] {
    const issues = new Issues();
    const want = `a share from ${range.least} to ${range.most}`;
    const isShare = (value: number): boolean => value >= range.least && value <= range.most;
    issues.require(isShare(availability), "availability", availability, want);
    issues.require(isShare(latency.share), "latency.share", latency.share, want);
    const { withinMilliseconds: within } = latency;
    const isTime = Number.isInteger(within) && within >= 1 && within <= longestMilliseconds;
    issues.require(
        isTime,
        "latency.withinMilliseconds",
        within,
        `a whole number from 1 to ${longestMilliseconds}`,
    );
    return issues.all;
}
