import { remediations } from "./remediation";
import type { Rule } from "./rule";

/** What a pack's configuration file holds: rule to level, or to its settings. */
export type PackConfiguration = Readonly<Record<string, unknown>>;

/**
 * What is wrong with a configuration that the engine would accept: it takes misspelt rule and setting names in silence, and
 * switches rules off (`{"all": "disabled"}` gives a green run). Values are checked by the engine, against each rule's schema.
 */
export function checkConfiguration(
    configuration: PackConfiguration,
    rules: readonly Rule[],
): readonly string[] {
    return Object.entries(configuration).flatMap(([name, configured]) => {
        if (remediations.some(({ id }) => id === name)) {
            return configured === "remediate" || configured === "mandatory"
                ? []
                : [`${name}: found ${JSON.stringify(configured)}; required "remediate", or nothing at all`];
        }
        const rule = rules.find(({ id }) => id === name);
        if (rule === undefined) {
            return [
                `${name}: found a name that is no rule's; required one of ${rules.map(({ id }) => id).join(", ")}`,
            ];
        }
        return [...checkLevel(rule, configured), ...checkNames(rule, configured)];
    });
}

function checkLevel({ id }: Rule, configured: unknown): readonly string[] {
    const level = isObject(configured) ? (configured.enforcementLevel ?? "mandatory") : configured;
    return level === "mandatory"
        ? []
        : [`${id}: found the level ${JSON.stringify(level)}; required "mandatory"`];
}

function checkNames({ id, settings }: Rule, configured: unknown): readonly string[] {
    const known = ["enforcementLevel", ...Object.keys(settings), "exceptions"];
    const names = isObject(configured) ? Object.keys(configured) : [];
    return names
        .filter((name) => !known.includes(name))
        .map(
            (name) => `${id}.${name}: found a name that is no setting's; required one of ${known.join(", ")}`,
        );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null;
}
