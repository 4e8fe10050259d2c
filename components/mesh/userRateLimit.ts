import { adr } from "../model/adr";
import { Issues, wantOneOf, type Issue } from "../model/issues";
import { userLimiterName, type ResolvedMesh } from "../model/mesh";
import type { SharedLimit, UserRateLimit } from "./envoy/spec";

/** The limit that each verified user has at the ingress. */
export interface UserRateLimitArgs {
    /** Requests per minute. A lower number is stricter; a higher one breaks ADR-003. @default 1000 */
    readonly requestsPerMinute?: number;
    /** Requests at once, on top of the even rate. @default 100 */
    readonly burst?: number;
    /** Users whose buckets each task keeps. More active users than this would reset limits. @default 100000 */
    readonly users?: number;
    /** Asks the mesh's `UserLimiter`, so that all tasks together hold one limit for each minute. @default each task holds its share */
    readonly shared?: SharedLimit;
}

export function checkRateLimit({ requestsPerMinute, burst, users, tasks }: UserRateLimit): readonly Issue[] {
    const issues = new Issues();
    const rate = Number.isInteger(requestsPerMinute) && requestsPerMinute >= 1;
    const allowed = rate && requestsPerMinute <= adr.userRequestsPerMinute;
    const limit = adr.userRequestsPerMinute;
    issues.require(
        allowed,
        "requestsPerMinute",
        requestsPerMinute,
        `1 to ${limit} a minute (ADR-003: ${limit})`,
    );
    const bursts = Number.isInteger(burst) && burst >= tasks && burst <= limit / 10;
    issues.require(bursts, "burst", burst, `${tasks} (one for each task) to ${limit / 10} requests`);
    issues.require(Number.isInteger(users) && users >= 1000, "users", users, "at least 1,000 users");
    return issues.all;
}

/** A limiter that nobody asks costs money for nothing, and one that is asked must be there. */
export function checkShared(shared: SharedLimit | undefined, mesh: ResolvedMesh): readonly Issue[] {
    const issues = new Issues();
    const isMember = mesh.services.has(userLimiterName);
    const want = isMember
        ? "an object with onFailure: the mesh has a userLimiter"
        : "nothing, or userLimiter of the mesh";
    issues.require(isMember === (shared !== undefined), "", shared?.onFailure, want);
    if (shared !== undefined) {
        const ways = ["local", "refuse"];
        issues.require(ways.includes(shared.onFailure), "onFailure", shared.onFailure, wantOneOf(ways));
    }
    return issues.all;
}

/** A bucket of a user, and one of a consumer or an address, cost as much each: docs/decisions/0024-user-buckets.md. */
const bucketBytes = 640;
const bucketTables = 2;

/** Half of the proxy's memory at most: were it to run out, the overload manager would refuse everybody. */
export function checkBuckets(users: number, memory: number): readonly Issue[] {
    const most = Math.floor((memory * 1_048_576) / 2 / bucketTables / bucketBytes / 1000) * 1000;
    const want = `at least 1,000, and at most ${most.toLocaleString("en")} with ${memory} MiB of memory`;
    const issues = new Issues();
    issues.require(users <= most, "users", users, want);
    return issues.all;
}
