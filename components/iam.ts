import * as pulumi from "@pulumi/pulumi";

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
