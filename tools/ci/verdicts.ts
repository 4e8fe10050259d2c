import type { EngineEvent } from "./events";

/** What the policy pack said of one rule. */
export interface Verdict {
    readonly rule: string;
    /** `not judged`: the run ended before the pack came to it, which is no pass. */
    readonly verdict: "passed" | "failed" | "not judged";
    /** The engine's own words, for each resource. */
    readonly violations: readonly string[];
}

export interface Verdicts {
    readonly rules: readonly Verdict[];
    /** Advice that stops nothing: the exceptions in force. */
    readonly advice: readonly string[];
}

/** The pack's verdict on each of its rules, from the engine's events: a rule that the engine did not report is not judged. */
export function verdictsOf(events: readonly EngineEvent[], pack: string, rules: readonly string[]): Verdicts {
    const summaries = events.flatMap(({ policyAnalyzeStackSummaryEvent: event }) =>
        event?.policyPackName === pack ? [event] : [],
    );
    const passed = new Set(summaries.flatMap((summary) => summary.passed ?? []));
    const failed = new Set(summaries.flatMap((summary) => summary.failed ?? []));
    const said = events.flatMap(({ policyEvent: event }) => (event === undefined ? [] : [event]));
    const mandatory = said.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
    return {
        rules: rules.map((rule) => {
            const violations = mandatory.filter(({ policyName }) => policyName === rule);
            const hasFailed = failed.has(rule) || violations.length > 0;
            return {
                rule,
                verdict: hasFailed ? "failed" : passed.has(rule) ? "passed" : "not judged",
                violations: violations.map(({ message }) => message.trim()),
            };
        }),
        advice: said
            .filter(({ enforcementLevel }) => enforcementLevel !== "mandatory")
            .map(({ policyName, message }) => `${policyName}: ${message.trim()}`),
    };
}

export function allPassed({ rules }: Verdicts): boolean {
    return rules.length > 0 && rules.every(({ verdict }) => verdict === "passed");
}
