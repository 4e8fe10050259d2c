import type { Value } from "../value";

/** Type of a message inside an `Any`, without its address: `envoy.config…`. Undefined where there is none. */
export function typeOf(any: Value): string | undefined {
    const url = any.get("@type").text;
    return url?.slice(url.lastIndexOf("/") + 1);
}

/** Seconds of a protobuf duration such as `60s` or `0.250s`; `whenMissing` where it is absent, not a number where it is no duration. */
export function secondsOf(duration: Value, whenMissing: number): number {
    if (duration.isMissing) {
        return whenMissing;
    }
    const match = /^(\d+(?:\.\d+)?)s$/.exec(duration.text ?? "");
    return match === null ? Number.NaN : Number(match[1]);
}

/** A fraction that is always 100 %. Runtime keys are judged apart (`requirements/runtime.ts`). */
export function isAlways(fraction: Value): boolean {
    const value = fraction.get("default_value");
    const denominator = value.get("denominator");
    return value.get("numerator").number === 100 && (denominator.isMissing || denominator.text === "HUNDRED");
}
