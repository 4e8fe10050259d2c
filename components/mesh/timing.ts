/** The mesh's clocks, in seconds. They depend on one another: keep the order that each comment names. */
export const timing = {
    connectSeconds: 1,
    /** Cloud Map's TTL; callers ask again as often. */
    dnsSeconds: 5,
    healthIntervalSeconds: 5,
    healthTimeoutSeconds: 2,
    /** How often Envoy looks whether an ejection is over: 60 s become at most 65. */
    ejectionSweepSeconds: 5,
    /** Shorter than common application servers keep an idle connection (5 s), or a reused one is reset. */
    applicationIdleSeconds: 4,
    /** Callers give an idle connection up before the callee does. */
    meshIdleSeconds: 50,
    /** Longer than `meshIdleSeconds`. */
    listenerIdleSeconds: 60,
    handshakeSeconds: 5,
    /** What a request waits at most for the shared limiter, which answers in some milliseconds. */
    limiterSeconds: 0.25,
    headersSeconds: 5,
} as const;

/** What Fargate grants a container between SIGTERM and SIGKILL, at most. */
export const stopTimeoutSeconds = 120;

/**
 * How long a proxy keeps serving after SIGTERM: until callers have seen the failed health check or the new DNS answer,
 * and the longest request begun before that has ended.
 */
export function drainSeconds(requestTimeoutSeconds: number): number {
    const noticed = timing.dnsSeconds + timing.healthIntervalSeconds + timing.healthTimeoutSeconds;
    return noticed + Math.ceil(requestTimeoutSeconds);
}
