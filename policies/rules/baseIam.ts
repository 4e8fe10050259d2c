import { gather, type Finding } from "../finding";
import { ownAccounts } from "../facts/accounts";
import { listOf, statementsOf } from "../facts/policyDocuments";
import type { Resource, Stack } from "../facts/stack";
import type { Value } from "../facts/value";
import {
    grantsNobodyElse,
    opensToOwn,
    resourcePolicies,
    trustsNobodyElse,
} from "../requirements/resourcePolicies";
import { each, type Rule } from "../rule";

const documentTypes = [
    "rolePolicy:RolePolicy",
    "policy:Policy",
    "userPolicy:UserPolicy",
    "groupPolicy:GroupPolicy",
].map((type) => `aws:iam/${type}`);
const attachmentTypes = [
    "rolePolicyAttachment:RolePolicyAttachment",
    "userPolicyAttachment:UserPolicyAttachment",
    "groupPolicyAttachment:GroupPolicyAttachment",
    "policyAttachment:PolicyAttachment",
].map((type) => `aws:iam/${type}`);
const exclusiveTypes = ["role", "user", "group"].map((of) => {
    const name = `${of}PolicyAttachmentsExclusive`;
    return `aws:iam/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
});
/** What somebody could take away with them, and a way to a key that no policy shows. */
const lasting = [
    "aws:iam/accessKey:AccessKey",
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
    "aws:iam/signingCertificate:SigningCertificate",
    "aws:iam/sshKey:SshKey",
    "aws:iam/userLoginProfile:UserLoginProfile",
    "aws:kms/grant:Grant",
];
/** IAM matches `?` with any one character. Source: IAM user guide, "IAM JSON policy elements: Resource". */
const wildcard = /[*?]/;
const onlyWildcards = /^[*?]*$/;
const policyType = "aws:iam/policy:Policy";
/** Of AWS's own policies, the one that API Gateway asks for to write its logs (developer guide, "Set up CloudWatch logging"); it writes and reads logs, and no more. */
const reviewed =
    /^arn:aws(-cn|-us-gov)?:iam::aws:policy\/service-role\/AmazonAPIGatewayPushToCloudWatchLogs$/;
/** Where a bucket may be opened by a canned list of grants, which no document shows. */
const granted = [
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketAcl:BucketAcl",
    "aws:s3/bucketAclV2:BucketAclV2",
    "aws:s3/bucketV2:BucketV2",
];
/** Actions that know no resource. Source: Service Authorization Reference, Amazon ECR and AWS X-Ray. */
const withoutResource = new Set(["ecr:GetAuthorizationToken", "xray:PutTraceSegments"]);

/** ADR-003, "Access control": nobody may do everything. */
export function baseIam(): Rule {
    return {
        id: "base-iam",
        title: "IAM without wildcards",
        description:
            "No IAM statement allows every action of a service or every resource, no role and no resource's policy trusts everybody or another account, and no credentials last.",
        clause: "Security policies; Access control",
        severity: "high",
        controls: ["Security Hub IAM.1", "Security Hub IAM.21", "cdk-nag AwsSolutions-IAM5"],
        remediation: "name the actions and the resources.",
        settings: {},
        checks: (stack) => {
            const own = ownAccounts(stack);
            return [
                ...each(stack.ofType(...documentTypes), (policy) => narrow(policy, "policy")),
                ...each(stack.ofType("aws:iam/role:Role"), (role) =>
                    gather(
                        () =>
                            statementsOf(role, "assumeRolePolicy").flatMap((each) =>
                                trustsNobodyElse(each, own),
                            ),
                        () =>
                            role.isComputed("inlinePolicies")
                                ? []
                                : role.props
                                      .get("inlinePolicies")
                                      .items()
                                      .map((each) => each.finding("a RolePolicy of its own")),
                        () =>
                            role.isComputed("managedPolicyArns")
                                ? []
                                : ofReadPolicies(role, "managedPolicyArns", stack),
                    ),
                ),
                ...each(stack.ofType(...attachmentTypes), (attachment) =>
                    ofReadPolicies(attachment, "policyArn", stack),
                ),
                ...each(stack.ofType(...exclusiveTypes), (attachments) =>
                    ofReadPolicies(attachments, "policyArns", stack),
                ),
                ...each(stack.ofType(...lasting), ({ type }) => [
                    { at: "type", found: type, required: "roles, which are assumed for a while" },
                ]),
                ...resourcePolicies(stack).map(({ subject, statements }) => ({
                    subject,
                    judge: () => statements().flatMap((each) => opensToOwn(each, own)),
                })),
                ...each(stack.ofType(...granted), grantsNobodyElse),
                ...each(stack.ofType("aws:kms/key:Key"), (key) =>
                    statementsOf(key, "policy").flatMap((each) => trustsNobodyElse(each, own)),
                ),
            ];
        },
    };
}

/** A policy of somewhere else shows nothing of what it allows; while ARNs are unknown, each is to be made from a policy of this program. */
function ofReadPolicies(holder: Resource, property: string, stack: Stack): readonly Finding[] {
    const value = holder.props.get(property);
    const arns = property.endsWith("s") ? value.items() : [value];
    const own = stack.ofType(policyType).map(({ props }) => props.get("arn").text);
    const unknowns = arns.filter(({ isUnknown }) => isUnknown);
    const areOwn = unknowns.length === holder.sources(property, policyType).length;
    return arns.flatMap((arn) =>
        arn.require(
            arn.isUnknown ? areOwn : reviewed.test(arn.text ?? "") || own.includes(arn.text ?? ""),
            "a policy of this program, or one of AWS's that this pack knows",
        ),
    );
}

function narrow(policy: Resource, property: string): readonly Finding[] {
    return statementsOf(policy, property).flatMap((statement) => {
        if (statement.get("Effect").text === "Deny") {
            return [];
        }
        const actions = listOf(statement.get("Action"));
        const names = actions.map(({ text }) => text ?? "*");
        const isExcepted =
            names.every((name) => withoutResource.has(name)) && !statement.get("Condition").isMissing;
        return [
            ...["NotAction", "NotResource"].flatMap((name) =>
                statement.get(name).require(statement.get(name).isMissing, "what is allowed, by name"),
            ),
            ...statement
                .get("Action")
                .require(names.length > 0 && !names.some((name) => wildcard.test(name)), "actions by name"),
            ...listOf(statement.get("Resource")).flatMap((resource) =>
                resource.require(isExcepted || !isEverything(resource), "resources by name"),
            ),
        ];
    });
}

/** Unknown parts are ARNs of resources of this program. */
function isEverything({ text, isUnknown }: Value): boolean {
    const named = text?.split(":").slice(5).join(":") ?? "";
    return !isUnknown && onlyWildcards.test(named);
}
