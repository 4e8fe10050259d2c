/** RFC 3339 in UTC, to the second: the form of the provider's times. */
export function rfc3339(time: Date): string {
    return time.toISOString().replace(/\.\d+Z$/, "Z");
}

/** Whether the certificate has reached the hours before its end in which it is to be renewed. */
export function isDue(endTime: string, earlyRenewalHours: number, now: Date): boolean {
    return now.getTime() >= Date.parse(endTime) - earlyRenewalHours * 3600 * 1000;
}

/** The time, or the one that LOCAL_CLOCK states (RFC 3339): tests move certificates past their renewal with it. */
export function clockOf(environment: NodeJS.ProcessEnv): () => Date {
    const fixed = environment.LOCAL_CLOCK;
    if (fixed === undefined) {
        return () => new Date();
    }
    const time = Date.parse(fixed);
    if (Number.isNaN(time)) {
        throw new Error(`LOCAL_CLOCK is ${JSON.stringify(fixed)}; give a time such as 2030-01-31T00:00:00Z.`);
    }
    return () => new Date(time);
}
