import type { Plain } from "../plain";
import type { Value } from "../value";

const unitSeconds: Readonly<Record<string, number>> = { s: 1, ms: 0.001 };

/** A number that cannot be told is no duration, which every rule refuses. */
export function duration(value: Value): Plain {
    const seconds =
        (value.get("value").number ?? Number.NaN) * (unitSeconds[value.get("unit").text ?? ""] ?? Number.NaN);
    return value.isMissing ? null : `${seconds}s`;
}
