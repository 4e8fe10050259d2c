import { partsOf } from "../../partsOf";

/** Metrics that one alarm may ask. Source: CloudWatch user guide, "Limits that apply to alarms based on metric math expressions". */
export const metricsOfAlarm = 10;

/** Parts of a list that are short enough for one alarm each; the first keeps the plain name. */
export function chunked<T>(
    items: readonly T[],
    key: string,
    size = metricsOfAlarm,
): readonly { readonly key: string; readonly items: readonly T[] }[] {
    return partsOf(items, size).map((part, index) => ({
        key: index === 0 ? key : `${key}-${index + 1}`,
        items: part,
    }));
}
