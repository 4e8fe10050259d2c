import type { Finding } from "../finding";
import { accountOfArn, accountOfPrincipal } from "../facts/accounts";
import { listOf, statementsOf } from "../facts/policyDocuments";
import type { Resource, Stack } from "../facts/stack";
import type { Value } from "../facts/value";

/** Policies of resources, and the property that holds the document. */
const documents: Readonly<Record<string, string>> = {
    "aws:kms/keyPolicy:KeyPolicy": "policy",
    "aws:kms/externalKey:ExternalKey": "policy",
    "aws:kms/replicaKey:ReplicaKey": "policy",
    "aws:kms/replicaExternalKey:ReplicaExternalKey": "policy",
    "aws:secretsmanager/secret:Secret": "policy",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
    "aws:sns/topic:Topic": "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
    "aws:sqs/queue:Queue": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
    "aws:s3/bucket:Bucket": "policy",
    "aws:s3/bucketV2:BucketV2": "policy",
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
    "aws:s3/accessPoint:AccessPoint": "policy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
    "aws:ecr/registryPolicy:RegistryPolicy": "policy",
    "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
    "aws:backup/vaultPolicy:VaultPolicy": "policy",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
    "aws:xray/resourcePolicy:ResourcePolicy": "policyDocument",
};

/** Conditions that leave one account of everybody. An organization's id does not tell whose it is. */
const accountKeys = /^aws:(sourceowner|sourceaccount|principalaccount)$/i;
/** Conditions that leave one resource, whose ARN says in which account it is. */
const arnKeys = /^aws:(sourcearn|principalarn)$/i;

/** GitHub's issuer of tokens for jobs, by which CI assumes the roles that deploy. */
const jobs = "token.actions.githubusercontent.com";

/** The accounts that the program deploys to. */
type Accounts = ReadonlySet<string>;

/** Resources whose policy may open them, with their statements. */
export function resourcePolicies(
    stack: Stack,
): readonly { readonly subject: Resource; readonly statements: () => readonly Value[] }[] {
    return stack.ofType(...Object.keys(documents)).flatMap((subject) => {
        const property = documents[subject.type] ?? "";
        const document = subject.props.get(property);
        const isUnset = document.isMissing || document.text === "" || subject.isComputed(property);
        return isUnset ? [] : [{ subject, statements: () => statementsOf(subject, property) }];
    });
}

/** Nobody is let in unseen: not everybody, not everybody but some, and nobody of another account. */
export function trustsNobodyElse(statement: Value, own: Accounts): readonly Finding[] {
    if (statement.get("Effect").text === "Deny") {
        return [];
    }
    const principal = statement.get("Principal");
    const kinds = ["AWS", "Service", "Federated"].flatMap((kind) => listOf(principal.get(kind)));
    const isOpen =
        principal.text !== undefined ||
        kinds.some(({ text }) => text === "*") ||
        !statement.get("NotPrincipal").isMissing;
    if (isOpen) {
        return [principal.finding("principals by name")];
    }
    const canonical = principal.get("CanonicalUser");
    return [
        ...listOf(principal.get("AWS")).flatMap((each) =>
            each.require(
                each.isUnknown || own.has(accountOfPrincipal(each.text) ?? ""),
                `principals of the program's own account, ${shown(own)}`,
            ),
        ),
        ...canonical.require(canonical.isMissing, "principals by name and account"),
        ...listOf(principal.get("Federated")).flatMap((each) => trustsOneJob(statement, each, own)),
    ];
}

/** Others' users are let in by who vouches for them: only CI's jobs are, and one by one. */
function trustsOneJob(statement: Value, provider: Value, own: Accounts): readonly Finding[] {
    const { text = "" } = provider;
    const account = accountOfArn(text);
    const isOwn = account !== undefined && (own.size === 0 || own.has(account));
    const claims = ["aud", "sub"].map((claim) =>
        statement.get("Condition", "StringEquals", `${jobs}:${claim}`),
    );
    return [
        ...provider.require(
            isOwn && text.endsWith(`:oidc-provider/${jobs}`),
            `the provider ${jobs} of the program's own account`,
        ),
        ...claims.flatMap((claim) => claim.require(claim.text !== undefined, "one value, written out")),
    ];
}

/** The same of a resource that AWS gives a policy of its own, for everybody of the account. */
export function opensToOwn(statement: Value, own: Accounts): readonly Finding[] {
    const condition = statement.get("Condition");
    const isNarrowed = condition.fields
        .filter((operator) => /^(String|Arn)(Equals|Like)$/.test(operator))
        .flatMap((operator) =>
            condition.get(operator).fields.map((key) => ({ key, value: condition.get(operator, key) })),
        )
        .some(({ key, value }) => leavesOwn(key, listOf(value), own));
    return isNarrowed ? [] : trustsNobodyElse(statement, own);
}

function leavesOwn(key: string, values: readonly Value[], own: Accounts): boolean {
    const account = accountKeys.test(key)
        ? ({ text }: Value) => text
        : arnKeys.test(key)
          ? ({ text }: Value) => accountOfArn(text)
          : undefined;
    return account !== undefined && values.length > 0 && values.every((each) => own.has(account(each) ?? ""));
}

function shown(own: Accounts): string {
    return own.size === 0
        ? "which nothing tells yet: aws:SourceAccount of a role would"
        : [...own].join(", ");
}

/** A canned grant to everybody, or to everybody who has an account anywhere. Source: Amazon S3, "Access control list (ACL) overview". */
export function grantsNobodyElse(bucket: Resource): readonly Finding[] {
    const [canned, grants] = [bucket.props.get("acl"), bucket.props.get("accessControlPolicy")];
    const isPrivate =
        canned.isMissing ||
        bucket.isComputed("acl") ||
        ["private", "bucket-owner-full-control", "bucket-owner-read"].includes(canned.text ?? "");
    return [
        ...canned.require(isPrivate, '"private"'),
        ...grants.require(
            grants.isMissing || bucket.isComputed("accessControlPolicy"),
            "nothing: a policy says who may",
        ),
    ];
}
