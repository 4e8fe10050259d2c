import type { wafv2 as input } from "@pulumi/aws/types/input";
import { problems, type ProblemKey } from "./webAclProblems";

/** A rule before it has its place among the others. */
export type Rule = Omit<input.WebAclRule, "priority">;
export type Statement = input.WebAclRuleStatement;
type Header = input.WebAclRuleActionBlockCustomResponseResponseHeader;

/** Sampled requests would show tokens and keys to whoever may look at the console. */
export function visibility(metricName: string): input.WebAclVisibilityConfig {
    return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}

/** Refuses with an answer of its own. */
export function blockRule(
    name: string,
    statement: Statement,
    problem: ProblemKey,
    headers: readonly Header[],
): Rule {
    const customResponse = {
        responseCode: problems[problem].status,
        customResponseBodyKey: problem,
        ...(headers.length === 0 ? {} : { responseHeaders: [...headers] }),
    };
    return {
        name,
        action: { block: { customResponse } },
        statement,
        visibilityConfig: visibility(name),
    };
}

/** Marks a request for later rules, and lets it go on. */
export function labelRule(
    name: string,
    statement: Statement,
    labels: readonly string[],
    insertHeaders: readonly Header[] = [],
): Rule {
    const count =
        insertHeaders.length === 0 ? {} : { customRequestHandling: { insertHeaders: [...insertHeaders] } };
    return {
        name,
        action: { count },
        statement,
        ...(labels.length === 0 ? {} : { ruleLabels: labels.map((label) => ({ name: label })) }),
        visibilityConfig: visibility(name),
    };
}

/** A group of AWS's own rules; `onlyCount` names those that shall not refuse. */
export function managedRules(name: string, group: string, onlyCount: readonly string[] = []): Rule {
    const ruleActionOverrides = onlyCount.map((rule) => ({ name: rule, actionToUse: { count: {} } }));
    return {
        name,
        overrideAction: { none: {} },
        statement: {
            managedRuleGroupStatement: {
                vendorName: "AWS",
                name: group,
                ...(onlyCount.length === 0 ? {} : { ruleActionOverrides }),
            },
        },
        visibilityConfig: visibility(name),
    };
}
