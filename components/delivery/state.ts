import { statement, type Access, type Statement } from "./documents";

/** Where the stack's state lies, and what encrypts the secrets in it. */
export interface StateStore {
    /** S3 bucket of the backend, versioned. */
    readonly bucket: string;
    /** KMS key of the bucket. */
    readonly bucketKeyArn: string;
    /** KMS key of the stack's secrets provider. */
    readonly secretsKeyArn: string;
    /** Pulumi's project, part of the paths. */
    readonly project: string;
    /** The stack's name, part of the paths. */
    readonly stack: string;
}

/** This stack's state, and no other's. Paths: pkg/backend/diy in github.com/pulumi/pulumi; a preview takes no lock. */
export function stateStatements(store: StateStore, access: Access): readonly Statement[] {
    const { bucket, bucketKeyArn, secretsKeyArn, project, stack } = store;
    const object = (path: string): string => `arn:aws:s3:::${bucket}/.pulumi/${path}`;
    const state = [`stacks/${project}/${stack}.json`, `stacks/${project}/${stack}.json.*`].map(object);
    const history = ["locks/organization", "history", "backups"].map((folder) =>
        object(`${folder}/${project}/${stack}/*`),
    );
    const list = statement(["s3:ListBucket"], [`arn:aws:s3:::${bucket}`]);
    const read = statement(["s3:GetObject"], [object("meta.yaml"), ...state]);
    return access === "read"
        ? [list, read, statement(["kms:Decrypt"], [bucketKeyArn, secretsKeyArn])]
        : [
              list,
              read,
              statement(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], [...state, ...history]),
              statement(
                  ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
                  [bucketKeyArn, secretsKeyArn],
              ),
          ];
}
