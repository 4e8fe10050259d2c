import { Issues, type Issue } from "../../model/issues";
import { awsQuotas } from "../../model/quotas";
import type { AlarmDefinitions } from "./definition";

/** Quotas that alarms meet as services and APIs grow in number, and that AWS raises on request. Whatever else runs in the account counts too. */
export interface ObservabilityQuotas {
    /** Alarms of the account and region. @default 5000 */
    readonly alarms?: number;
}

export const defaultAlarmQuota: number = awsQuotas.alarms.value;

/** The first alarm for which AWS has no room is named, and so is whose it is. */
export function checkAlarmCount(
    { compositeAlarms, metricAlarms }: AlarmDefinitions,
    { alarms: most = defaultAlarmQuota }: ObservabilityQuotas = {},
): readonly Issue[] {
    const issues = new Issues();
    const isNumber = Number.isInteger(most) && most >= 1;
    const wantNumber = "what AWS lets the account have, a whole number of at least 1";
    issues.require(isNumber, "quotas.alarms", most, wantNumber);
    const all = [...metricAlarms, ...compositeAlarms];
    const first = all[most];
    if (isNumber && first !== undefined) {
        const want = `at most ${most} (${awsQuotas.alarms.name}): "${first.key}" is the first too many; let another account have the services after that, or set quotas.alarms once AWS has granted more (Service Quotas, CloudWatch)`;
        issues.add("alarms", `${all.length} alarms`, want);
    }
    return issues.all;
}
