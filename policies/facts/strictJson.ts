import type { Plain } from "./plain";
import { strictYaml } from "./strictYaml";

/**
 * Parses JSON, or nothing where a field is named twice: readers disagree on which of the two counts. Text that a program
 * generated is its own canonical form; any other goes through the YAML parser, which refuses a repeated key.
 */
export function strictJson(text: string): Plain | undefined {
    try {
        const value = JSON.parse(text) as Plain;
        const canonical = JSON.stringify(value);
        return canonical === text || asGoWrites(canonical) === text ? value : strictYaml(text);
    } catch {
        return undefined;
    }
}

/** Providers are Go programs, whose JSON escapes what HTML gives a meaning. */
function asGoWrites(json: string): string {
    return json.replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026");
}
