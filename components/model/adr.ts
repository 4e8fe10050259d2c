/**
 * The numbers of ADR-003, in one place. The policy pack keeps its own copy, because it is published alone;
 * `test/policies/numbers.test.ts` holds the two equal.
 */
export const adr = {
    /** "Rate Limiting (1000 requests/minute per user)". */
    userRequestsPerMinute: 1000,
    /** "Circuit Breaker (5 failures in 60 seconds)". */
    circuitBreaker: { consecutiveFailures: 5, ejectionSeconds: 60 },
} as const;
