import type { Resource } from "../facts/stack";
import type { SharedPlan } from "../requirements/usagePlans";
import { reviewedList, staleEntries } from "../review";
import type { Check } from "../rule";

/** Usage plans whose key many users share: the one setting of the rate limit that is not a number. */
export const sharedPlans = reviewedList<SharedPlan>({
    plan: { type: "string", minLength: 1, description: "Name of the UsagePlan resource." },
});

/** Entries past their day, and entries that name no plan. */
export function staleSharedPlans(listed: readonly SharedPlan[], plans: readonly Resource[]): Check {
    const isUsed = (entry: SharedPlan): boolean => plans.some(({ name }) => name === entry.plan);
    return { judge: () => staleEntries("sharedPlans", listed, isUsed, ({ plan }) => plan) };
}
