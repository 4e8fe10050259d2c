import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { asPolicy, type Rule } from "../../../policies/rule";
import { rules } from "../../../policies/rules/all";
import { analyzeStack } from "./rpc";
import { stackRequest, type TestResource } from "./stack";

/** What the engine is told about one subject. */
export interface Verdict {
    readonly rule: string;
    /** Name of the resource; empty for the whole stack. */
    readonly resource: string;
    readonly mandatory: boolean;
    /** The findings, without the lines around them. */
    readonly findings: readonly string[];
    readonly message: string;
}

/** Lets the pack's rules judge a program through the handler that the engine calls. */
export async function verdicts(
    resources: readonly TestResource[],
    judged: readonly Rule[] = rules,
): Promise<Verdict[]> {
    const response = await analyzeStack(judged.map(asPolicy), stackRequest(resources));
    return response.getDiagnosticsList().map((diagnostic) => {
        const message = diagnostic.getMessage();
        return {
            rule: diagnostic.getPolicyname(),
            resource: diagnostic.getUrn().split("::")[3] ?? "",
            mandatory: diagnostic.getEnforcementlevel() === EnforcementLevel.MANDATORY,
            findings: message
                .split("\n")
                .filter((line) => line.startsWith("  - "))
                .map((line) => line.slice(4)),
            message,
        };
    });
}
