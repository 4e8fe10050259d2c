import type { Finding } from "../finding";
import { listOf, statementsOf } from "../facts/policyDocuments";
import type { Resource, Stack } from "../facts/stack";
import type { Value } from "../facts/value";

/** Policies of resources, and the property that holds the document. */
const documents: Readonly<Record<string, string>> = {
    "aws:kms/keyPolicy:KeyPolicy": "policy",
    "aws:secretsmanager/secret:Secret": "policy",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
    "aws:sns/topic:Topic": "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
    "aws:sqs/queue:Queue": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
    "aws:ecr/registryPolicy:RegistryPolicy": "policy",
    "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
    "aws:backup/vaultPolicy:VaultPolicy": "policy",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
    "aws:xray/resourcePolicy:ResourcePolicy": "policyDocument",
};

/** Conditions that leave one account, organization or resource of everybody. */
const narrowing =
    /^(aws:(sourceowner|sourceaccount|sourcearn|sourceorgid|principalaccount|principalorgid|principalarn))$/i;

/** Resources whose policy may open them, with their statements. */
export function resourcePolicies(
    stack: Stack,
): readonly { readonly subject: Resource; readonly statements: () => readonly Value[] }[] {
    return stack.ofType(...Object.keys(documents)).flatMap((subject) => {
        const property = documents[subject.type] ?? "";
        const isUnset = subject.props.get(property).isMissing || subject.isComputed(property);
        return isUnset ? [] : [{ subject, statements: () => statementsOf(subject, property) }];
    });
}

/** Nobody is let in unseen: not everybody, and not everybody but some. */
export function trustsNobodyElse(statement: Value): readonly Finding[] {
    const principal = statement.get("Principal");
    const named = [principal, ...listOf(principal.get("AWS")), ...listOf(principal.get("Federated"))];
    const isOpen = named.some(({ text }) => text === "*") || !statement.get("NotPrincipal").isMissing;
    return principal.require(!isOpen || statement.get("Effect").text === "Deny", "principals by name");
}

/** The same of a resource that AWS gives a policy of its own, for everybody of the account. */
export function opensToOwn(statement: Value): readonly Finding[] {
    const condition = statement.get("Condition");
    const keys = condition.fields
        .filter((operator) => /^(String|Arn)(Equals|Like)$/.test(operator))
        .flatMap((operator) =>
            condition.get(operator).fields.map((key) => ({ key, value: condition.get(operator, key) })),
        );
    const isNarrowed = keys.some(
        ({ key, value }) =>
            narrowing.test(key) &&
            listOf(value).every(({ text }) => text !== undefined && !text.startsWith("*")),
    );
    return isNarrowed ? [] : trustsNobodyElse(statement);
}
