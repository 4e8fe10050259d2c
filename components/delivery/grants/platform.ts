import { arn, hasTag, iamArn, newWithTag, type Grant, type Scope } from "../scope";

const LOG_PUSH = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs";
const roles = [
    "aws:iam/role:Role",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
];
const privateCa = ["aws:acmpca/certificate:Certificate"];
const key = ["aws:kms/key:Key", "aws:kms/alias:Alias"];

/** Services whose own roles AWS makes once an account, at the first use: host name to the role's name. */
const serviceLinked = {
    "ecs.amazonaws.com": "AWSServiceRoleForECS",
    "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
    "elasticache.amazonaws.com": "AWSServiceRoleForElastiCache",
    "ops.apigateway.amazonaws.com": "AWSServiceRoleForAPIGateway",
    "wafv2.amazonaws.com": "AWSServiceRoleForWAFV2Logging",
    "ecs.application-autoscaling.amazonaws.com": "AWSServiceRoleForApplicationAutoScaling_ECSService",
} as const;

/** The policy that bounds every role of the stack: no deploy can make a role that may more. */
export function boundaryName({ prefix }: Scope): string {
    return `${prefix}-boundary`;
}

/** Roles, keys and parameters: what decides who may do what. */
export function platformGrants(scope: Scope): readonly Grant[] {
    const { prefix } = scope;
    const ownRoles = [iamArn(scope, `role/${prefix}-*`)];
    const bounded = { "iam:PermissionsBoundary": iamArn(scope, `policy/${boundaryName(scope)}`) };
    return [
        { types: roles, read: roleReads, write: roleWrites, on: ownRoles },
        {
            types: roles,
            write: ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
            on: ownRoles,
            condition: { StringEquals: bounded },
        },
        {
            types: roles,
            write: ["iam:AttachRolePolicy"],
            on: ownRoles,
            condition: { StringEquals: bounded, ArnEquals: { "iam:PolicyARN": LOG_PUSH } },
        },
        {
            types: [...roles, "aws:ecs/taskDefinition:TaskDefinition", "aws:apigateway/account:Account"],
            write: ["iam:PassRole"],
            on: ownRoles,
            condition: {
                StringEquals: {
                    "iam:PassedToService": ["apigateway.amazonaws.com", "ecs-tasks.amazonaws.com"],
                },
            },
        },
        {
            types: [
                "aws:ecs/service:Service",
                "aws:elasticache/serverlessCache:ServerlessCache",
                "aws:lb/loadBalancer:LoadBalancer",
                "aws:apigatewayv2/vpcLink:VpcLink",
            ],
            write: ["iam:CreateServiceLinkedRole"],
            on: Object.entries(serviceLinked).map(([service, name]) =>
                iamArn(scope, `role/aws-service-role/${service}/${name}`),
            ),
            condition: { StringEquals: { "iam:AWSServiceName": Object.keys(serviceLinked) } },
        },
        { types: key, write: ["kms:CreateKey"], on: "everything", condition: newWithTag(scope) },
        {
            types: key,
            write: ["kms:TagResource"],
            on: [arn(scope, "kms", "key/*")],
            condition: newWithTag(scope),
        },
        {
            types: key,
            read: keyReads,
            write: keyWrites,
            on: [arn(scope, "kms", "key/*")],
            condition: hasTag(scope),
        },
        {
            types: key,
            write: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
            on: [arn(scope, "kms", `alias/${prefix}`)],
        },
        { types: key, read: ["kms:ListAliases"], on: "everything" },
        {
            types: ["aws:ssm/parameter:Parameter"],
            read: ["ssm:GetParameter", "ssm:GetParameters", "ssm:ListTagsForResource"],
            write: [
                "ssm:AddTagsToResource",
                "ssm:DeleteParameter",
                "ssm:PutParameter",
                "ssm:RemoveTagsFromResource",
            ],
            on: [arn(scope, "ssm", `parameter/${prefix}/*`)],
        },
        { types: ["aws:ssm/parameter:Parameter"], read: ["ssm:DescribeParameters"], on: "everything" },
        {
            types: privateCa,
            read: privateCaReads,
            write: ["acm-pca:RevokeCertificate"],
            on: [arn(scope, "acm-pca", "certificate-authority/*")],
        },
        {
            types: privateCa,
            // For members only: with another template the role could make an authority.
            write: ["acm-pca:IssueCertificate"],
            on: [arn(scope, "acm-pca", "certificate-authority/*")],
            condition: {
                StringEquals: {
                    "acm-pca:TemplateArn": "arn:aws:acm-pca:::template/EndEntityCertificate/V1",
                },
            },
        },
    ];
}

const roleReads = [
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:ListRolePolicies",
    "iam:ListRoleTags",
];
const roleWrites = [
    "iam:DeleteRole",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
    "iam:UpdateRoleDescription",
];
const keyReads = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListResourceTags",
];
const keyWrites = [
    "kms:CreateAlias",
    "kms:CreateGrant",
    "kms:DeleteAlias",
    "kms:DisableKeyRotation",
    "kms:EnableKeyRotation",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
];
const privateCaReads = [
    "acm-pca:DescribeCertificateAuthority",
    "acm-pca:GetCertificate",
    "acm-pca:GetCertificateAuthorityCertificate",
    "acm-pca:GetCertificateAuthorityCsr",
    "acm-pca:ListTags",
];
