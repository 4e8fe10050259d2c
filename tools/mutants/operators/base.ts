import { added, ofType, replaced, setting, type Operator, type Props } from "../operator";
import { unknownText } from "../recording";
import { inContainers, proxy } from "./bootstraps";
import { first } from "./documents";

const root = "pulumi:pulumi:Stack";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const group = "aws:ec2/securityGroup:SecurityGroup";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const role = "aws:iam/role:Role";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const cache = "aws:elasticache/serverlessCache:ServerlessCache";
const cacheUser = "aws:elasticache/user:User";
const kmsKey = "aws:kms/key:Key";

const anything = (fields: Props): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...fields }] });
const one = "arn:aws:s3:::reports/one";

/** A resource that carries traffic and that no rule can read. */
function stranger(type: string): Operator {
    return {
        kind: "bypass",
        target: `another door: ${type}`,
        rule: "base-readable",
        appliesTo: ofType(root),
        apply: (_, program) => added(program, type, "stranger", {}),
    };
}

const doors = [
    "aws:apigatewayv2/api:Api",
    "aws:apigateway/method:Method",
    "aws:apigateway/authorizer:Authorizer",
    "aws:lambda/functionUrl:FunctionUrl",
    "aws:cloudfront/distribution:Distribution",
    "aws:elb/loadBalancer:LoadBalancer",
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    "aws:lb/listenerRule:ListenerRule",
    "aws:ecs/taskSet:TaskSet",
    "aws:ec2/instance:Instance",
    "aws:vpclattice/service:Service",
    "aws:apprunner/service:Service",
    "aws-native:apigateway:RestApi",
    "pulumi-nodejs:dynamic:Resource",
    "command:local:Command",
].map(stranger);

/** An operator on the first statement of a role's policy: of its text, and of what its component registered. */
function onDocument(
    rule: string,
    kind: Operator["kind"],
    target: string,
    change: (statement: Props) => void,
): Operator {
    const changed = (document: unknown): Props => {
        const copy = structuredClone(document) as { Statement: Props[] };
        change(first(copy.Statement));
        return copy;
    };
    return {
        kind,
        target,
        rule,
        appliesTo: ({ type, name }) => type === rolePolicy && name.endsWith("-execution-policy"),
        apply: (resource, program) => {
            const component = first(program.filter(({ urn }) => urn === resource.parent));
            const registered = replaced(program, component, ({ props }) => {
                const documents = props.documents as Props;
                documents[resource.name] = changed(documents[resource.name]);
            });
            return replaced(registered, resource, ({ props }) => {
                const text = String(props.policy);
                props.policy = text.startsWith("{")
                    ? JSON.stringify(changed(JSON.parse(text)))
                    : props.policy;
            });
        },
    };
}

/** Ways to break what lies below gateway and mesh. */
export const baseOperators: readonly Operator[] = [
    ...doors,
    setting("base-security-groups", "loosen", ingressRule, "cidrIpv4", "0.0.0.0/0"),
    setting("base-security-groups", "loosen", ingressRule, "cidrIpv4", "0.0.0.0/1"),
    setting("base-security-groups", "loosen", ingressRule, "cidrIpv6", "::/0"),
    setting("base-security-groups", "loosen", ingressRule, "ipProtocol", "-1"),
    setting("base-security-groups", "loosen", ingressRule, "toPort", 65535),
    setting("base-security-groups", "bypass", ingressRule, "prefixListId", "pl-any"),
    setting("base-security-groups", "detach", ingressRule, "securityGroupId", "sg-other"),
    setting("base-security-groups", "bypass", group, "ingress", [
        { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
    ]),
    setting("base-security-groups", "bypass", group, "egress", [
        { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] },
    ]),
    {
        kind: "bypass",
        target: "an older kind of security group rule",
        rule: "base-security-groups",
        appliesTo: ofType(root),
        apply: (_, program) =>
            added(program, "aws:ec2/securityGroupRule:SecurityGroupRule", "open", {
                type: "ingress",
                protocol: "tcp",
                fromPort: 22,
                toPort: 22,
                cidrBlocks: ["0.0.0.0/0"],
            }),
    },
    setting("base-iam", "loosen", rolePolicy, "policy", anything({ Action: "*", Resource: one })),
    setting("base-iam", "loosen", rolePolicy, "policy", anything({ Action: ["ssm:*"], Resource: one })),
    setting(
        "base-iam",
        "loosen",
        rolePolicy,
        "policy",
        anything({ Action: "ssm:?etParameters", Resource: one }),
    ),
    setting("base-iam", "loosen", rolePolicy, "policy", anything({ Action: "s3:GetObject", Resource: "*" })),
    setting(
        "base-iam",
        "bypass",
        rolePolicy,
        "policy",
        anything({ Action: "s3:GetObject", Resource: "arn:aws:s3:::?*" }),
    ),
    setting("base-iam", "bypass", rolePolicy, "policy", anything({ NotAction: "iam:*", Resource: one })),
    setting(
        "base-iam",
        "loosen",
        role,
        "assumeRolePolicy",
        anything({ Principal: "*", Action: "sts:AssumeRole" }),
    ),
    ...[
        "arn:aws:iam::aws:policy/AdministratorAccess",
        "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
        "arn:aws:iam::123456789012:policy/written-by-hand",
    ].map((arn) => setting("base-iam", "bypass", role, "managedPolicyArns", [arn])),
    setting(
        "base-iam",
        "rename",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "policyArn",
        "arn:aws:iam::aws:policy/AmazonS3FullAccess",
    ),
    setting("base-iam", "loosen", kmsKey, "policy", anything({ Principal: { AWS: "*" }, Action: "kms:*" })),
    {
        kind: "loosen",
        target: "a key for another account",
        rule: "base-iam",
        appliesTo: ofType(kmsKey),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                const document = JSON.parse(String(props.policy)) as { Statement: Props[] };
                const principal = { AWS: "arn:aws:iam::999999999999:root" };
                document.Statement.push({
                    Effect: "Allow",
                    Principal: principal,
                    Action: "kms:Decrypt",
                    Resource: "*",
                });
                props.policy = JSON.stringify(document);
            }),
    },
    setting("base-iam", "remove", rolePolicy, "policy", undefined),
    setting("base-iam", "forge", role, "assumeRolePolicy", unknownText),
    onDocument("base-iam", "loosen", "a registered document", (statement) => {
        statement.Action = ["ssm:*"];
    }),
    onDocument("mesh-certificates", "bypass", "the key of another service", (statement) => {
        statement.Action = ["ssm:GetParameters"];
        statement.Resource = [
            "arn:aws:ssm:eu-central-1:123456789012:parameter/traffic-dev/mesh/other/private-key",
        ];
    }),
    {
        kind: "forge",
        target: "a document that is not the registered one",
        rule: "base-iam",
        only: "up",
        appliesTo: (resource) => resource.type === rolePolicy,
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                props.policy = anything({ Action: ["s3:GetObject"], Resource: one });
            }),
    },
    {
        kind: "bypass",
        target: "more for an execution role",
        rule: "mesh-certificates",
        appliesTo: ({ type, name }) => type === role && name.endsWith("-execution"),
        apply: ({ urn }, program) =>
            added(
                program,
                "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                "more",
                { policyArn: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess" },
                { role: [urn] },
            ),
    },
    setting("base-encryption", "remove", logGroup, "retentionInDays", undefined),
    setting("base-encryption", "remove", logGroup, "kmsKeyId", undefined),
    setting("base-encryption", "remove", cache, "kmsKeyId", undefined),
    {
        kind: "detach",
        target: "ServerlessCache from its users",
        rule: "base-encryption",
        appliesTo: ofType(cache),
        apply: (resource, program) =>
            replaced(program, resource, ({ from, props }) => {
                delete from.userGroupId;
                delete props.userGroupId;
            }),
    },
    setting("base-encryption", "loosen", cacheUser, "accessString", "on ~* +@all"),
    setting("base-encryption", "flip", cacheUser, "noPasswordRequired", true),
    setting("base-encryption", "flip", cacheUser, "authenticationMode", { type: "no-password-required" }),
    setting("base-encryption", "flip", kmsKey, "enableKeyRotation", false),
    inContainers("base-containers", "flip", "a read-only file system", (containers) => {
        first(containers).readonlyRootFilesystem = false;
    }),
    inContainers("base-containers", "flip", "privileges", (containers) => {
        first(containers).privileged = true;
    }),
    inContainers("base-containers", "rename", "a container's user", (containers) => {
        first(containers).user = "0:0";
    }),
    inContainers("base-containers", "remove", "dropped capabilities", (containers) => {
        delete proxy(containers).linuxParameters;
    }),
    inContainers("base-containers", "remove", "a container's logs", (containers) => {
        delete proxy(containers).logConfiguration;
    }),
];
