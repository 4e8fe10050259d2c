import { adr } from "../model/adr";
import { Issues, type Issue } from "../model/issues";

/** What a usage plan lets each key do; a token bucket, best effort. Source: API Gateway, "Usage plans and API keys". */
export interface PlanThrottle {
    /** Requests a second. */
    readonly rateLimit: number;
    /** Requests at once. */
    readonly burstLimit: number;
}

/** An application whose one key all its users share. */
export interface SharedPlan {
    /** People who use the application at the same time, at most. */
    readonly users: number;
}

/** Requests at once on top of the even rate, as at the mesh ingress. */
const burstPerUser = 100;
/** Source: "Amazon API Gateway quotas": an account's rate and burst in one region. */
const accountQuota = { rateLimit: 10_000, burstLimit: 5_000 };

/** ADR-003: 1000 requests a minute, as the per-second rate that usage plans know. */
export const consumerThrottle: PlanThrottle = {
    rateLimit: adr.userRequestsPerMinute / 60,
    burstLimit: burstPerUser,
};

/**
 * The aggregate of all users at the ADR's limit, as far as the account's own quota reaches: this plan guards the account, while
 * the mesh ingress holds each user's limit.
 */
export function sharedThrottle({ users }: SharedPlan): PlanThrottle {
    return {
        rateLimit: Math.min((users * adr.userRequestsPerMinute) / 60, accountQuota.rateLimit),
        burstLimit: Math.min(users * consumerThrottle.burstLimit, accountQuota.burstLimit),
    };
}

/** Source: "Quotas for configuring and running a REST API in API Gateway". */
const quotas = { mappings: 200, usagePlans: 300 };

interface PlannedApi {
    readonly api: string;
    readonly stages: readonly unknown[];
}

export function checkPlans(
    plans: Readonly<Record<string, SharedPlan>>,
    apis: readonly PlannedApi[],
    consumers: readonly string[],
): readonly Issue[] {
    const issues = new Issues();
    for (const [name, { users }] of Object.entries(plans)) {
        issues.require(
            Number.isInteger(users) && users >= 1,
            `${name}.users`,
            users,
            "a whole number of at least 1",
        );
    }
    issues.require(apis.length > 0, "apis", apis.length, "at least one API");
    const names = apis.map(({ api }) => api);
    for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
        issues.add("apis", name, "a name of its own for each API: it is the first segment of its path");
    }
    const mapped = apis.flatMap(({ api, stages }) => stages.map(() => api));
    const firstMapped = mapped[quotas.mappings];
    const wantMappings = `at most ${quotas.mappings}, API Gateway's quota of multi-level mappings for a domain: "${String(firstMapped)}" has the first too many; retire a version, or let another edge, with a domain of its own, have that API`;
    issues.require(firstMapped === undefined, "apis", `${mapped.length} versions`, wantMappings);
    const planned = [...Object.keys(plans), ...consumers];
    const firstPlanned = planned[quotas.usagePlans];
    const wantPlans = `at most ${quotas.usagePlans}, API Gateway's quota for an account and region: "${String(firstPlanned)}" is the first too many; let an edge in another account have the consumers after that`;
    issues.require(firstPlanned === undefined, "edge.consumers", `${planned.length} usage plans`, wantPlans);
    return issues.all;
}
