import type { Severity, StackValidationPolicy } from "@pulumi/policy";
import type { Settings } from "./configuration";
import { exceptionsOf, exceptionsSetting, noteInForce, type Exception } from "./exceptions";
import { gather, type Finding } from "./finding";
import { Stack, type Resource } from "./facts/stack";
import { violation } from "./report";
import { isOverdue, staleEntries } from "./review";

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
    /** Public controls that it covers: AWS Security Hub's, cdk-nag's. */
    readonly controls: readonly string[];
    /** What a user does about a violation. */
    readonly remediation: string;
    readonly settings: Settings;
    /** What of it does not hold in an earlier phase of the migration, and why; each run prints it. @default it holds from the first */
    readonly waiting?: Readonly<Partial<Record<1 | 2, string>>>;
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
            specification: ["API Gateway vs Service Mesh", ...rule.controls].join("; "),
        },
        configSchema: { properties: { ...rule.settings, exceptions: exceptionsSetting } },
        validateStack: (args, report) => {
            const stack = (): Stack => new Stack(args.resources);
            for (const { subject, findings } of broken(rule, stack, args.getConfig<object>())) {
                report(violation(rule, subject, findings), subject?.urn);
            }
        },
    };
}

/** One check for each of the resources. */
export function each(
    resources: readonly Resource[],
    judge: (subject: Resource) => readonly Finding[],
): readonly Check[] {
    return resources.map((subject) => ({ subject, judge: () => judge(subject) }));
}

interface Broken {
    readonly subject: Resource | undefined;
    readonly findings: readonly Finding[];
}

/** Everything that breaks the rule and that no exception lets pass, then the exceptions that have no use. */
function broken(rule: Rule, stack: () => Stack, configured: object): readonly Broken[] {
    const exceptions = exceptionsOf(configured);
    const all = checksOf(rule, stack, configured)
        .map(({ subject, judge }) => ({ subject, findings: gather(judge) }))
        .filter(({ findings }) => findings.length > 0);
    const named = (name: string): number =>
        new Set(all.flatMap(({ subject }) => (subject?.name === name ? [subject.urn] : []))).size;
    const inForce = exceptions.filter((each) => named(each.resource) === 1 && !isOverdue(each));
    const ambiguous = exceptions.filter((each) => named(each.resource) > 1);
    noteInForce(rule.id, inForce);
    const stale = staleEntries(
        "exceptions",
        exceptions.filter((entry) => !ambiguous.includes(entry)),
        (entry) => inForce.includes(entry),
        ({ resource }) => resource,
    );
    return [
        ...all.filter(({ subject }) => !inForce.some(({ resource }) => resource === subject?.name)),
        ...(stale.length === 0 ? [] : [{ subject: undefined, findings: stale }]),
        ...ambiguous.map((entry) => ({ subject: undefined, findings: [meansSeveral(entry, named)] })),
    ];
}

/** A name is a resource's own within its type and parents only: somebody else's resource could take it on. */
function meansSeveral({ resource }: Exception, named: (name: string) => number): Finding {
    const found = `${named(resource)} resources of that name that break the rule`;
    return { at: `exceptions "${resource}"`, found, required: "one" };
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
