import { parse } from "yaml";
import { UNKNOWN, hasUnknown, isProps } from "../rpc/values";
import type { Props, Value } from "../rpc/values";
import type { Problem } from "../table/emulation";

/** Turns policy documents given as objects into JSON text, as the real provider does before it looks at them. */
export function policiesAsText(...names: readonly string[]): (inputs: Props) => Props {
    return (inputs) => {
        const documents = names.filter((name) => isProps(inputs[name]));
        return {
            ...inputs,
            ...Object.fromEntries(documents.map((name) => [name, asText(inputs[name] ?? null)])),
        };
    };
}

function asText(value: Value): string {
    return hasUnknown(value) ? UNKNOWN : JSON.stringify(value);
}

/** AWS refuses a policy that is no JSON object with statements (MalformedPolicyDocument). */
export function policyProblems(...names: readonly string[]): (inputs: Props) => readonly Problem[] {
    return (inputs) =>
        names.flatMap((property) => {
            const parsed = parsedJson(inputs[property]);
            if (parsed === undefined) {
                return [];
            }
            return parsed !== BROKEN && isProps(parsed) && parsed.Statement !== undefined
                ? []
                : [
                      {
                          property,
                          reason: `"${property}" is no policy document; AWS wants a JSON object with "Statement"`,
                      },
                  ];
        });
}

/** Stands for text that does not parse. */
export const BROKEN = Symbol("broken");

/** The value of JSON text; undefined where there is nothing to judge yet. */
export function parsedJson(text: Value | undefined): Value | undefined | typeof BROKEN {
    if (typeof text !== "string" || text === UNKNOWN) {
        return undefined;
    }
    try {
        return JSON.parse(text) as Value;
    } catch {
        return BROKEN;
    }
}

/** The value of YAML or JSON text, likewise. */
export function parsedYaml(text: Value | undefined): Value | undefined | typeof BROKEN {
    if (typeof text !== "string" || text === UNKNOWN) {
        return undefined;
    }
    try {
        return parse(text) as Value;
    } catch {
        return BROKEN;
    }
}
