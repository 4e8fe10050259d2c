import type { Severity, StackValidationPolicy } from "@pulumi/policy";
import type { Settings } from "./configuration";
import { gather, type Finding } from "./finding";
import { Stack, type Resource } from "./facts/stack";
import { violation } from "./report";

/** One thing that must be protected, and what breaks the rule there. */
export interface Check {
    /** Absent where the stack as a whole lacks something. */
    readonly subject?: Resource;
    readonly judge: () => readonly Finding[];
}

/** A rule of the pack: what it says about itself, and what it checks. */
export interface Rule {
    /** Part of the contract with users: configuration and exceptions name it. */
    readonly id: string;
    readonly title: string;
    /** One sentence that is true of a compliant stack. */
    readonly description: string;
    /** What ADR-003 says, in its own words. */
    readonly clause: string;
    readonly severity: Severity;
    /** What a user does about a violation. */
    readonly remediation: string;
    readonly settings: Settings;
    /**
     * One check for each thing that must be protected, never for each protection: what is missing must be seen.
     * `configured` is what a user set; the rule fills in the defaults.
     */
    readonly checks: (stack: Stack, configured: object) => readonly Check[];
}

/** The rule as the engine runs it. */
export function asPolicy(rule: Rule): StackValidationPolicy {
    return {
        name: rule.id,
        displayName: rule.title,
        description: rule.description,
        enforcementLevel: "mandatory",
        severity: rule.severity,
        remediationSteps: rule.remediation,
        url: `docs/policies.md#${rule.id}`,
        framework: {
            name: "ADR-003",
            version: "1",
            reference: rule.clause,
            specification: "API Gateway vs Service Mesh",
        },
        configSchema: { properties: { ...rule.settings } },
        validateStack: (args, report) => {
            const stack = (): Stack => new Stack(args.resources);
            for (const { subject, judge } of checksOf(rule, stack, args.getConfig<object>())) {
                const findings = gather(judge);
                if (findings.length > 0) {
                    report(violation(rule, subject, findings), subject?.urn);
                }
            }
        },
    };
}

/** A rule that fails before it knows what to check is a violation of the whole stack. */
function checksOf(rule: Rule, stack: () => Stack, configured: object): readonly Check[] {
    let checks: readonly Check[] = [];
    const failure = gather(() => {
        checks = rule.checks(stack(), configured);
        return [];
    });
    return failure.length === 0 ? checks : [{ judge: () => failure }];
}
