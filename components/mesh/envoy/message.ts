import type { JsonObject } from "../json";

const typeUrl = "type.googleapis.com/";

/** A message inside an `Any`: `{"@type": "type.googleapis.com/…", …}`. */
export function typed(type: string, message: JsonObject = {}): JsonObject {
    return { "@type": `${typeUrl}${type}`, ...message };
}

/** A protobuf duration in its JSON form, in seconds to the millisecond: `60s`, `0.060s`. */
export function seconds(value: number): string {
    return Number.isInteger(value) ? `${value}s` : `${value.toFixed(3)}s`;
}

/** A fraction that is always 100 %, and that no runtime key can lower. */
export const always: JsonObject = { default_value: { numerator: 100, denominator: "HUNDRED" } };
