/**
 * The numbers of ADR-003. The pack is published alone, so this is a copy of the program's own; a test holds the two equal.
 */
export const adr = {
    /** "Rate Limiting (1000 requests/minute per user)". */
    userRequestsPerMinute: 1000,
    /** "Circuit Breaker (5 failures in 60 seconds)". */
    circuitBreaker: { consecutiveFailures: 5, ejectionSeconds: 60 },
} as const;

/** Numbers that make the ADR's hold in Envoy and AWS; docs/policies.md gives the reason for each. */
export const supporting = {
    /** Longest time between two sweeps, which end an ejection, in seconds. */
    sweepSeconds: 5,
    /** Share of failing requests at which an instance is ejected although successes lie between them, in percent. */
    failurePercentage: 50,
    /** Requests to an instance within one sweep from which on that share counts. */
    failurePercentageVolume: 20,
    /** Requests that a user may send at once. */
    burst: 100,
    /** Requests per minute from one address, over all requests: random credentials must not slip through. */
    ipRequestsPerMinute: 2000,
    /** Users whose buckets an ingress proxy keeps: more users at once than this would reset their limits. */
    userBuckets: 1000,
} as const;
