import { arn, gatewayArn, type Grant, type Scope } from "../scope";

const REST = [
    "Account",
    "ApiKey",
    "ClientCertificate",
    "Deployment",
    "DomainName",
    "MethodSettings",
    "RestApi",
    "Stage",
    "UsagePlan",
    "UsagePlanKey",
];
const rest = REST.map((name) => `aws:apigateway/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`);
const http = ["aws:apigatewayv2/apiMapping:ApiMapping", "aws:apigatewayv2/vpcLink:VpcLink"];
const pool = [
    "aws:cognito/userPool:UserPool",
    "aws:cognito/userPoolClient:UserPoolClient",
    "aws:cognito/userPoolDomain:UserPoolDomain",
    "aws:cognito/resourceServer:ResourceServer",
];
const acl = [
    "aws:wafv2/webAcl:WebAcl",
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
];
const zone = ["aws:route53/zone:Zone", "aws:route53/record:Record"];
const certificate = [
    "aws:acm/certificate:Certificate",
    "aws:acm/certificateValidation:CertificateValidation",
];

/** The public side. APIs, pools and zones have ids that are not known beforehand: all of this account and region, as docs/delivery.md says. */
export function gatewayGrants(scope: Scope): readonly Grant[] {
    const { domain, prefix } = scope;
    const collections = ["restapis", "apikeys", "usageplans", "vpclinks", "clientcertificates"];
    const paths = [
        "/account",
        "/domainnames",
        `/domainnames/${domain}`,
        `/domainnames/${domain}/*`,
        "/tags/*",
        ...collections.flatMap((name) => [`/${name}`, `/${name}/*`]),
    ].map((path) => gatewayArn(scope, path));
    const webAcl = arn(scope, "wafv2", `regional/webacl/${prefix}/*`);
    const zones = ["arn:aws:route53:::hostedzone/*"];
    return [
        {
            types: [...rest, ...http],
            read: ["apigateway:GET"],
            write: ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT"],
            on: paths,
        },
        { types: acl, write: ["apigateway:SetWebACL"], on: [gatewayArn(scope, "/restapis/*/stages/*")] },
        { types: acl, read: aclReads, write: aclWrites, on: [webAcl] },
        {
            types: acl,
            // AWS asks for the stage and for the managed rule groups too.
            write: ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"],
            read: ["wafv2:GetWebACLForResource"],
            on: [gatewayArn(scope, "/restapis/*/stages/*")],
        },
        {
            types: acl,
            write: ["wafv2:CreateWebACL", "wafv2:UpdateWebACL"],
            on: [arn(scope, "wafv2", "regional/managedruleset/*/*")],
        },
        {
            types: pool,
            read: poolReads,
            write: poolWrites,
            on: [arn(scope, "cognito-idp", "userpool/*")],
        },
        {
            types: pool,
            read: ["cognito-idp:DescribeUserPoolDomain"],
            write: ["cognito-idp:CreateUserPool"],
            on: "everything",
        },
        { types: certificate, write: ["acm:RequestCertificate"], on: "everything" },
        { types: zone, read: zoneReads, write: zoneWrites, on: zones },
        { types: zone, read: ["route53:GetChange"], on: ["arn:aws:route53:::change/*"] },
        {
            types: certificate,
            read: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"],
            write: [
                "acm:AddTagsToCertificate",
                "acm:DeleteCertificate",
                "acm:RemoveTagsFromCertificate",
                "acm:UpdateCertificateOptions",
            ],
            on: [arn(scope, "acm", "certificate/*")],
        },
    ];
}

const aclReads = ["wafv2:GetLoggingConfiguration", "wafv2:GetWebACL", "wafv2:ListTagsForResource"];
const aclWrites = [
    "wafv2:AssociateWebACL",
    "wafv2:CreateWebACL",
    "wafv2:DeleteLoggingConfiguration",
    "wafv2:DeleteWebACL",
    "wafv2:PutLoggingConfiguration",
    "wafv2:TagResource",
    "wafv2:UntagResource",
    "wafv2:UpdateWebACL",
];
const poolReads = [
    "cognito-idp:DescribeResourceServer",
    "cognito-idp:DescribeUserPool",
    "cognito-idp:DescribeUserPoolClient",
    "cognito-idp:GetUserPoolMfaConfig",
    "cognito-idp:ListTagsForResource",
];
const poolWrites = [
    "cognito-idp:CreateResourceServer",
    "cognito-idp:CreateUserPoolClient",
    "cognito-idp:CreateUserPoolDomain",
    "cognito-idp:DeleteResourceServer",
    "cognito-idp:DeleteUserPool",
    "cognito-idp:DeleteUserPoolClient",
    "cognito-idp:DeleteUserPoolDomain",
    "cognito-idp:SetUserPoolMfaConfig",
    "cognito-idp:TagResource",
    "cognito-idp:UntagResource",
    "cognito-idp:UpdateResourceServer",
    "cognito-idp:UpdateUserPool",
    "cognito-idp:UpdateUserPoolClient",
    "cognito-idp:UpdateUserPoolDomain",
];
const zoneReads = ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"];
const zoneWrites = [
    "route53:ChangeResourceRecordSets",
    "route53:ChangeTagsForResource",
    "route53:DeleteHostedZone",
    "route53:UpdateHostedZoneComment",
];
