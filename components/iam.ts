import * as pulumi from "@pulumi/pulumi";
import type { Issue } from "./model/issues";
import { awsQuotas } from "./model/quotas";

/** One statement of an IAM policy, always an allowance: what is not allowed is denied. */
export interface PolicyStatement {
    /** Name of the statement. @default none */
    readonly Sid?: string;
    /** What is allowed, each action by name. */
    readonly Action: readonly string[];
    /** ARNs of what it is allowed on. */
    readonly Resource: pulumi.Input<pulumi.Input<string>[]> | pulumi.Input<string>;
    /** When it is allowed: operator to key to value. @default always */
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
}

/** The policy document of the statements, as IAM wants it. */
export function policyDocument(statements: readonly PolicyStatement[]): pulumi.Output<string> {
    return pulumi.jsonStringify(openDocument(statements));
}

/**
 * The same, not yet as one text, in which single ARNs may be unknown. Components register it for the policies: at the first preview
 * the text as a whole is unknown as soon as one ARN in it is.
 */
export function openDocument(statements: readonly PolicyStatement[]): object {
    return {
        Version: "2012-10-17",
        Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
    };
}

/** Of all inline policies of a role together; white space does not count. */
const mostCharacters = awsQuotas.policyCharacters.value;
/** An ARN that only the deploy will know is reckoned as long as they come. */
const unknownCharacters = 120;

/** The issue of statements that do not fit into a role. */
export function checkPolicySize(
    statements: readonly PolicyStatement[],
    path: string,
    fix: string,
): readonly Issue[] {
    const characters = charactersOf(openDocument(statements));
    const want = `at most ${mostCharacters.toLocaleString("en")}, which IAM lets a role's own policies have: ${fix}`;
    return characters <= mostCharacters
        ? []
        : [{ path, got: `${characters.toLocaleString("en")} characters of policy`, want }];
}

function charactersOf(value: unknown): number {
    if (pulumi.Output.isInstance(value)) {
        return unknownCharacters;
    }
    if (Array.isArray(value)) {
        return value.reduce<number>((sum, item) => sum + charactersOf(item) + 1, 1);
    }
    if (typeof value === "object" && value !== null) {
        return Object.entries(value).reduce(
            (sum, [key, each]) => sum + key.length + 4 + charactersOf(each),
            1,
        );
    }
    return typeof value === "string" ? value.length + 2 : 5;
}

/** Lets one AWS service assume a role, for this account's resources only. */
export function assumableBy(service: string, accountId: pulumi.Input<string>): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: service },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "aws:SourceAccount": accountId } },
            },
        ],
    });
}
