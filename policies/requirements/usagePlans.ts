import type { Finding } from "../finding";
import type { Resource } from "../facts/stack";
import { throttlesOf } from "../facts/usagePlans";
import type { Value } from "../facts/value";
import { isOverdue, type Review } from "../review";

const secondsPerMinute = 60;

export interface UsagePlanNumbers {
    readonly userRequestsPerMinute: number;
    readonly burst: number;
    /** Plans whose key many users share. */
    readonly sharedPlans: readonly SharedPlan[];
}

export interface SharedPlan extends Review {
    /** Name of the UsagePlan resource. */
    readonly plan: string;
}

/** An API consumer's key is one user. */
export function throttlesKeys(plans: readonly Resource[], numbers: UsagePlanNumbers): readonly Finding[] {
    if (plans.length === 0) {
        return [
            { at: "usage plans", found: "none", required: "a usage plan whose apiStages holds the stage" },
        ];
    }
    return plans.flatMap((plan) => throttled(plan, numbers));
}

/** A shared plan is sized for all its users together, but even that one has a limit. */
function throttled(plan: Resource, numbers: UsagePlanNumbers): readonly Finding[] {
    const isShared = numbers.sharedPlans.some((shared) => shared.plan === plan.name && !isOverdue(shared));
    const rate = isShared ? Infinity : numbers.userRequestsPerMinute / secondsPerMinute;
    const burst = isShared ? Infinity : numbers.burst;
    return throttlesOf(plan).flatMap((throttle) => [
        ...positive(plan, throttle.get("rateLimit"), rate, "a second"),
        ...positive(plan, throttle.get("burstLimit"), burst, "at once"),
    ]);
}

function positive(plan: Resource, limit: Value, most: number, unit: string): readonly Finding[] {
    const value = limit.number;
    if (value !== undefined && value > 0 && value <= most) {
        return [];
    }
    const wanted = most === Infinity ? "a limit" : `at most ${Number(most.toFixed(3))}`;
    const { found, required } = limit.finding(
        `${wanted} ${unit} (or a shared plan, named in sharedPlans with a reason)`,
    );
    return [{ at: `usage plan "${plan.name}" ${limit.path}`, found, required }];
}
