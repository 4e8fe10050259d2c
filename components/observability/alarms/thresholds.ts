import { Issues, type Issue } from "../../model/issues";

/** When alarms ring, unless the stack says otherwise. */
export interface AlarmThresholds {
    /** Share of answers that are the platform's errors (5xx), over 5 minutes twice in a row. @default 0.05 */
    readonly errorRate: number;
    /** Milliseconds that all but 1 % of an API's requests take at most. @default 2000 */
    readonly apiP99Milliseconds: number;
    /** Milliseconds that all but 1 % of a service's requests take at most. @default 1000 */
    readonly serviceP99Milliseconds: number;
    /** Requests in 5 minutes that one API may refuse with 429, twice in a row. @default 500 */
    readonly tooManyRequests: number;
    /** Requests in 5 minutes that one API may refuse for their token or key, twice in a row. @default 100 */
    readonly authenticationFailures: number;
    /** Days before its end at which a certificate must have been renewed; members' are renewed at 15. @default 10 */
    readonly certificateDays: number;
    /** Minutes without any request to any API, in steps of 5; 0 for a stack that nobody may be calling. @default 30 */
    readonly silentMinutes: number;
}

export const defaultThresholds: AlarmThresholds = {
    errorRate: 0.05,
    apiP99Milliseconds: 2000,
    serviceP99Milliseconds: 1000,
    tooManyRequests: 500,
    authenticationFailures: 100,
    certificateDays: 10,
    silentMinutes: 30,
};

export function checkThresholds(thresholds: AlarmThresholds): readonly Issue[] {
    const issues = new Issues();
    const { errorRate, silentMinutes, ...others } = thresholds;
    issues.require(errorRate > 0 && errorRate < 1, "errorRate", errorRate, "a share above 0 and below 1");
    const isSilence = Number.isInteger(silentMinutes / 5) && silentMinutes >= 0 && silentMinutes <= 1440;
    issues.require(isSilence, "silentMinutes", silentMinutes, "0, or 5 to 1440 minutes in steps of 5");
    for (const [name, value] of Object.entries(others)) {
        issues.require(Number.isFinite(value) && value > 0, name, value, "a number above 0");
    }
    return issues.all;
}
