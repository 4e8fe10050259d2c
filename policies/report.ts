import type { Finding } from "./finding";
import type { Resource } from "./facts/stack";

interface Explained {
    readonly id: string;
    readonly clause: string;
    readonly remediation: string;
}

/** What a user reads: the resource, everything found there with what is required, the fix, the decision behind it. */
export function violation(
    rule: Explained,
    subject: Resource | undefined,
    findings: readonly Finding[],
): string {
    const where = subject === undefined ? "The stack" : `${subject.type} "${subject.name}"`;
    return [
        `${where}:`,
        ...unique(
            findings.map(({ at, found, required }) => `  - ${at}: found ${found}; required ${required}`),
        ),
        `  Fix: ${rule.remediation}`,
        `  Why: ADR-003, "${rule.clause}". More: docs/policies.md#${rule.id}`,
    ].join("\n");
}

function unique(lines: readonly string[]): readonly string[] {
    return [...new Set(lines)];
}
