import { adr } from "../model/adr";
import { Issues, type Issue } from "../model/issues";

/** What the Web ACL lets through in 60 seconds; approximate, because WAF counts in intervals of about 10 seconds. */
export interface RequestLimits {
    /** Requests a minute with one Authorization header. A higher number breaks ADR-003. @default 1000 */
    readonly perCredential?: number;
    /** Requests a minute from one address, whatever they carry. @default 2000 */
    readonly perAddress?: number;
}

/** Least limit of a rate rule. Source: AWS WAF, "Rate-based rule high-level settings". */
const smallestLimit = 10;

export function resolveLimits(limits: RequestLimits = {}): Required<RequestLimits> {
    return { perCredential: adr.userRequestsPerMinute, perAddress: 2 * adr.userRequestsPerMinute, ...limits };
}

export function checkLimits(limits: RequestLimits | undefined): readonly Issue[] {
    const { perCredential, perAddress } = resolveLimits(limits);
    const issues = new Issues();
    const most = adr.userRequestsPerMinute;
    const isWhole = (value: number, max: number): boolean =>
        Number.isInteger(value) && value >= smallestLimit && value <= max;
    issues.require(
        isWhole(perCredential, most),
        "limits.perCredential",
        perCredential,
        `${smallestLimit} to ${most} requests a minute (ADR-003: ${most})`,
    );
    issues.require(
        isWhole(perAddress, 2_000_000_000),
        "limits.perAddress",
        perAddress,
        `a whole number of at least ${smallestLimit} requests a minute`,
    );
    return issues.all;
}
