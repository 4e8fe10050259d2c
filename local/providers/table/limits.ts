import { UNKNOWN, asText, isList } from "../rpc/values";
import type { Props, Value } from "../rpc/values";
import type { Problem } from "./emulation";

export type Check = (inputs: Props) => readonly Problem[];

export function all(...checks: readonly Check[]): Check {
    return (inputs) => checks.flatMap((check) => check(inputs));
}

/** The input, if it is there, must match; `want` says in words what that means. */
export function matches(property: string, pattern: RegExp, want: string): Check {
    return (inputs) => {
        const value = known(inputs[property]);
        return typeof value !== "string" || pattern.test(value)
            ? []
            : [{ property, reason: `"${property}" is ${JSON.stringify(value)}; use ${want}` }];
    };
}

export function oneOf(property: string, allowed: readonly (string | number)[]): Check {
    return (inputs) => {
        const value = known(inputs[property]);
        return value === undefined || allowed.map(String).includes(asText(value))
            ? []
            : [
                  {
                      property,
                      reason: `"${property}" is ${JSON.stringify(value)}; use one of ${allowed.join(", ")}`,
                  },
              ];
    };
}

/** Inclusive. */
export function between(property: string, least: number, most: number): Check {
    return (inputs) => {
        const value = known(inputs[property]);
        const number = Number(value);
        return value === undefined || (number >= least && number <= most)
            ? []
            : [{ property, reason: `"${property}" is ${JSON.stringify(value)}; use ${least} to ${most}` }];
    };
}

export function exactlyOne(...names: readonly string[]): Check {
    return (inputs) => {
        const given = names.filter((name) => (inputs[name] ?? null) !== null);
        return given.length === 1
            ? []
            : [
                  {
                      property: "",
                      reason: `give exactly one of ${names.join(", ")}; got ${given.join(", ") || "none"}`,
                  },
              ];
    };
}

export function atMost(property: string, count: number): Check {
    return (inputs) => {
        const value = inputs[property];
        return !isList(value) || value.length <= count
            ? []
            : [{ property, reason: `"${property}" has ${value.length} entries; at most ${count} are taken` }];
    };
}

function known(value: Value | undefined): Value | undefined {
    return value === UNKNOWN || value === null ? undefined : value;
}
