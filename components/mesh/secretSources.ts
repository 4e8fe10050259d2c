import * as pulumi from "@pulumi/pulumi";
import type { PolicyStatement } from "../iam";
import type { Issue } from "../model/issues";
import type { Placement } from "../placement";

/** Where a secret environment variable comes from: the name of a parameter of this region, or a secret's ARN. */
export type SecretSource =
    | {
          /** Name of an SSM parameter of this account and region. */
          readonly parameter: string;
      }
    | {
          /** ARN of a secret in Secrets Manager. */
          readonly secretArn: string;
      };

/** What a task definition's `valueFrom` takes. */
export function valueFrom(source: SecretSource): string {
    return "parameter" in source ? source.parameter : source.secretArn;
}

export function checkSecretSources(secrets: Readonly<Record<string, SecretSource>>): readonly Issue[] {
    return Object.entries(secrets).flatMap(([variable, source]) => {
        const path = `secrets.${variable}`;
        if ("parameter" in source) {
            const valid = /^\/[\w./-]+$/.test(source.parameter);
            return valid
                ? []
                : [
                      {
                          path,
                          got: source.parameter,
                          want: 'a parameter\'s full name, such as "/shop/db/password"',
                      },
                  ];
        }
        const valid = /^arn:aws[\w-]*:secretsmanager:[\w-]+:\d{12}:secret:[^*\s]+$/.test(source.secretArn);
        return valid ? [] : [{ path, got: source.secretArn, want: "the ARN of a Secrets Manager secret" }];
    });
}

/** Lets an execution role read exactly these parameters and secrets. */
export function readSecrets(
    sources: readonly SecretSource[],
    placement: Placement,
): readonly PolicyStatement[] {
    const { partition, region, accountId, kmsKeyArn } = placement;
    const parameters = sources.flatMap((source) => ("parameter" in source ? [source.parameter] : []));
    const secretArns = sources.flatMap((source) => ("secretArn" in source ? [source.secretArn] : []));
    const statements: PolicyStatement[] = [];
    if (parameters.length > 0) {
        statements.push({
            Sid: "OwnParameters",
            Action: ["ssm:GetParameters"],
            Resource: parameters.map(
                (name) => pulumi.interpolate`arn:${partition}:ssm:${region}:${accountId}:parameter${name}`,
            ),
        });
        statements.push({
            Sid: "DecryptParameters",
            Action: ["kms:Decrypt"],
            Resource: kmsKeyArn,
            Condition: { StringEquals: { "kms:ViaService": `ssm.${region}.amazonaws.com` } },
        });
    }
    if (secretArns.length > 0) {
        statements.push({
            Sid: "OwnSecrets",
            Action: ["secretsmanager:GetSecretValue"],
            Resource: secretArns,
        });
    }
    return statements;
}
