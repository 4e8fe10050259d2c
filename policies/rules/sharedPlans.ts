import type { SharedPlan } from "../requirements/usagePlans";

/** Usage plans whose key many users share: the one setting of the rate limit that is not a number. */
export const sharedPlans = {
    type: "array" as const,
    default: [] as readonly SharedPlan[],
    items: {
        type: "object" as const,
        additionalProperties: false,
        required: ["plan", "reason"],
        properties: {
            plan: { type: "string" as const, minLength: 1, description: "Name of the UsagePlan resource." },
            reason: {
                type: "string" as const,
                minLength: 10,
                description: "Why its users are not throttled one by one.",
            },
        },
    },
};
