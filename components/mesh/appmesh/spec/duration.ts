import type { Duration } from "./types";

/** To the millisecond: App Mesh takes whole numbers only. */
export function milliseconds(seconds: number): Duration {
    return { unit: "ms", value: Math.round(seconds * 1000) };
}

export function wholeSeconds(value: number): Duration {
    return { unit: "s", value };
}
