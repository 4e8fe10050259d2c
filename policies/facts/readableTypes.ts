import type { Resource } from "./stack";

/** Parts of AWS of which the rules read these types, or know that they carry nothing; their other types are refused. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
    apigateway: [
        "account",
        "apiKey",
        "basePathMapping",
        "clientCertificate",
        "deployment",
        "domainName",
        "methodSettings",
        "restApi",
        "stage",
        "usagePlan",
        "usagePlanKey",
    ],
    apigatewayv2: ["apiMapping", "vpcLink"],
    ecs: ["cluster", "clusterCapacityProviders", "service", "taskDefinition"],
    elasticache: ["serverlessCache", "user", "userGroup"],
    lb: ["listener", "loadBalancer", "targetGroup"],
    alb: ["listener", "loadBalancer", "targetGroup"],
    ec2: [
        "defaultNetworkAcl",
        "defaultSecurityGroup",
        "flowLog",
        "internetGateway",
        "networkAcl",
        "networkAclRule",
        "routeTable",
        "routeTableAssociation",
        "securityGroup",
        "securityGroupRule",
        "subnet",
        "tag",
        "vpc",
        "vpcEndpoint",
    ],
    vpc: ["securityGroupEgressRule", "securityGroupIngressRule"],
    cloudwatch: [
        "compositeAlarm",
        "contributorInsightRule",
        "dashboard",
        "eventRule",
        "logAnomalyDetector",
        "logDataProtectionPolicy",
        "logGroup",
        "logMetricFilter",
        "logResourcePolicy",
        "logStream",
        "metricAlarm",
        "queryDefinition",
    ],
    cognito: [
        "logDeliveryConfiguration",
        "managedLoginBranding",
        "resourceServer",
        "riskConfiguration",
        "userPool",
        "userPoolClient",
        "userPoolDomain",
        "userPoolUICustomization",
    ],
    servicediscovery: ["privateDnsNamespace", "service"],
    ssm: ["parameter"],
    /** Without what adds rules to a Web ACL from outside. */
    wafv2: [
        "ipSet",
        "regexPatternSet",
        "ruleGroup",
        "webAcl",
        "webAclAssociation",
        "webAclLoggingConfiguration",
    ],
    /** Without what has other names lead to other places: traffic policies, resolvers, profiles. */
    route53: [
        "healthCheck",
        "hostedZoneDnsSec",
        "keySigningKey",
        "queryLog",
        "record",
        "resolverQueryLogConfig",
        "resolverQueryLogConfigAssociation",
        "zone",
    ],
    /** Without what lets others have certificates signed. */
    acmpca: ["certificate", "certificateAuthority", "certificateAuthorityCertificate"],
    /** Refused by a rule of its own, which says why. */
    appmesh: [
        "gatewayRoute",
        "mesh",
        "route",
        "virtualGateway",
        "virtualNode",
        "virtualRouter",
        "virtualService",
    ],
};

/** Parts of AWS none of whose types takes or forwards requests of the shop's clients or services. */
const quiet = new Set([
    "acm",
    "appautoscaling",
    "backup",
    "budgets",
    "cfg",
    "cloudtrail",
    "dynamodb",
    "ecr",
    "guardduty",
    "iam",
    "inspector2",
    "kms",
    "rds",
    "resourcegroups",
    "s3",
    "secretsmanager",
    "securityhub",
    "servicequotas",
    "sns",
    "sqs",
    "xray",
]);

/** Providers that make nothing in AWS. */
const quietPackages = new Set(["pulumi", "random", "tls"]);

/**
 * Whether a resource's type is known. What is unknown is refused: AWS gets new ways to carry traffic every year, and CloudFormation,
 * Cloud Control and other providers make old ones under other names. Components of any package make nothing but their children, which
 * are judged themselves.
 */
export function isReadable({ type, isCustom }: Pick<Resource, "type" | "isCustom">): boolean {
    const [name = "", path = ""] = type.split(":");
    if (name !== "aws") {
        return quietPackages.has(name) || !isCustom;
    }
    const [module = "", resource = ""] = path.split("/");
    return quiet.has(module) || typesOf[module]?.includes(resource) === true;
}
