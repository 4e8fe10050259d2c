import { adr } from "./adr";
import { checkFields } from "./fields";
import { Issues, wantOneOf, type Issue } from "./issues";

/** How a caller's proxy takes a failing instance of a callee out. Defaults are ADR-003's numbers. */
export interface CircuitBreaker {
    /** Failures in a row (5xx, resets, timeouts) that open the breaker. @default 5 */
    readonly consecutiveFailures?: number;
    /** Seconds for which the instance stays out. @default 60 */
    readonly ejectionSeconds?: number;
}

/** How much one caller may have in flight towards one callee. */
export interface ConnectionLimits {
    /** Connections. @default 1024 */
    readonly maxConnections?: number;
    /** Requests that wait for a connection, also for one that is being opened. @default 256 */
    readonly maxPendingRequests?: number;
    /** Requests in flight. @default 1024 */
    readonly maxRequests?: number;
}

/** A route on which a repeat does no harm although its method is not GET or HEAD. The ingress repeats reads only. */
export interface SafeRepeat {
    /** Method of the route. */
    readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
    /** The path's beginning, for example `/quotes/`. */
    readonly pathPrefix: string;
}

const writes: readonly SafeRepeat["method"][] = ["POST", "PUT", "PATCH", "DELETE"];

export const resilienceDefaults = {
    circuitBreaker: adr.circuitBreaker,
    limits: { maxConnections: 1024, maxPendingRequests: 256, maxRequests: 1024 },
    requestTimeoutSeconds: 15,
} as const;

/**
 * Limits are meant for one caller's proxy, and how many there are no callee knows: all of them together may have what one of
 * them may, or the default where that is more.
 */
export function limitsOfAllCallers(limits: Required<ConnectionLimits>): Required<ConnectionLimits> {
    const { maxConnections, maxPendingRequests, maxRequests } = resilienceDefaults.limits;
    return {
        maxConnections: Math.max(limits.maxConnections, maxConnections),
        maxPendingRequests: Math.max(limits.maxPendingRequests, maxPendingRequests),
        maxRequests: Math.max(limits.maxRequests, maxRequests),
    };
}

/**
 * A looser breaker than the ADR's is an issue, a stricter one is not: fewer failures, or a longer time out.
 * 300 s is the longest: an instance that is out for longer is better replaced.
 */
export function checkCircuitBreaker(breaker: CircuitBreaker): readonly Issue[] {
    const issues = new Issues();
    issues.addAll(checkFields(breaker, { consecutiveFailures: true, ejectionSeconds: true }));
    const { consecutiveFailures, ejectionSeconds } = adr.circuitBreaker;
    const failures = breaker.consecutiveFailures ?? consecutiveFailures;
    issues.require(
        Number.isInteger(failures) && failures >= 1 && failures <= consecutiveFailures,
        "consecutiveFailures",
        failures,
        `a whole number from 1 to ${consecutiveFailures} (ADR-003: ${consecutiveFailures})`,
    );
    const seconds = breaker.ejectionSeconds ?? ejectionSeconds;
    issues.require(
        Number.isInteger(seconds) && seconds >= ejectionSeconds && seconds <= 300,
        "ejectionSeconds",
        seconds,
        `a whole number from ${ejectionSeconds} to 300 (ADR-003: ${ejectionSeconds})`,
    );
    return issues.all;
}

export function checkLimits(limits: ConnectionLimits): readonly Issue[] {
    const issues = new Issues();
    issues.addAll(checkFields(limits, { maxConnections: true, maxPendingRequests: true, maxRequests: true }));
    for (const [name, value] of Object.entries(limits) as [string, number][]) {
        issues.require(Number.isInteger(value) && value >= 1, name, value, "a whole number of at least 1");
    }
    return issues.all;
}

export function checkSafeRepeats(repeats: readonly SafeRepeat[]): readonly Issue[] {
    const issues = new Issues();
    for (const [index, { method, pathPrefix }] of repeats.entries()) {
        const path = `[${index}]`;
        issues.require(writes.includes(method), `${path}.method`, method, wantOneOf(writes));
        issues.require(
            pathPrefix.startsWith("/"),
            `${path}.pathPrefix`,
            pathPrefix,
            'a path that begins with "/"',
        );
        const first = repeats.findIndex((each) => each.method === method && each.pathPrefix === pathPrefix);
        issues.require(first === index, path, `${method} ${pathPrefix}`, "each method and path once");
    }
    return issues.all;
}
