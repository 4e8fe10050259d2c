import { added, ofType, replaced, setting, type Operator, type Props } from "../operator";
import type { Recorded } from "../recording";
import { inContainers, proxy } from "./bootstraps";
import { first } from "./documents";

const root = ofType("pulumi:pulumi:Stack");
const task = "aws:ecs/taskDefinition:TaskDefinition";
const service = "aws:ecs/service:Service";
const parameter = "aws:ssm/parameter:Parameter";

/** A resource of a type of which the program has none, which is a way in by itself. */
function extra(rule: string, type: string, props: Props): Operator {
    return {
        kind: "bypass",
        target: `one more: ${type}`,
        rule,
        appliesTo: root,
        apply: (_, program) => added(program, type, "stranger", props),
    };
}

const everybody = JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: "*", Action: "x:Do", Resource: "*" }],
});

const opened: readonly Operator[] = [
    "kms/keyPolicy:KeyPolicy",
    "secretsmanager/secretPolicy:SecretPolicy",
    "sns/topicPolicy:TopicPolicy",
    "sqs/queuePolicy:QueuePolicy",
    "s3/bucketPolicy:BucketPolicy",
    "ecr/repositoryPolicy:RepositoryPolicy",
    "dynamodb/resourcePolicy:ResourcePolicy",
    "backup/vaultPolicy:VaultPolicy",
].map((type) => extra("base-iam", `aws:${type}`, { policy: everybody }));

const granted: readonly Operator[] = [
    setting("base-iam", "loosen", "aws:sns/topic:Topic", "policy", everybody),
    extra("base-iam", "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", { policyDocument: everybody }),
    extra("base-iam", "aws:kms/grant:Grant", { granteePrincipal: "arn:aws:iam::999999999999:root" }),
    extra("base-iam", "aws:iam/accessKey:AccessKey", { user: "somebody" }),
    extra("base-iam", "aws:iam/userLoginProfile:UserLoginProfile", { user: "somebody" }),
    extra("base-iam", "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", {
        policyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    }),
];

const unread: readonly Operator[] = [
    "aws:wafv2/webAclRule:WebAclRule",
    "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
    "aws:route53/recordsExclusive:RecordsExclusive",
    "aws:route53/trafficPolicyInstance:TrafficPolicyInstance",
    "aws:route53/resolverRule:ResolverRule",
    "aws:acmpca/permission:Permission",
    "aws:acmpca/policy:Policy",
].map((type) => extra("base-readable", type, {}));

const loadBalancer = "aws:lb/loadBalancer:LoadBalancer";

const membership: readonly Operator[] = [
    setting("mesh-membership", "bypass", service, "vpcLatticeConfigurations", [{ portName: "http" }]),
    setting(
        "mesh-membership",
        "bypass",
        service,
        "loadBalancers.0.advancedConfiguration",
        { alternateTargetGroupArn: "arn:aws:elasticloadbalancing:x" },
        ({ name }) => name === "ingress",
    ),
    setting(
        "mesh-membership",
        "flip",
        loadBalancer,
        "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
        "off",
    ),
    setting("mesh-membership", "bypass", "aws:lb/listener:Listener", "defaultActions", [
        { type: "forward", forward: { targetGroups: [{ arn: "arn:aws:elasticloadbalancing:x" }] } },
    ]),
    {
        kind: "loosen",
        target: "the ingress's scaling by a schedule",
        rule: "rate-limit",
        appliesTo: ({ type, name }) => type === service && name === "ingress",
        apply: (_, program) =>
            added(program, "aws:appautoscaling/scheduledAction:ScheduledAction", "evening", {
                resourceId: "service/traffic/ingress",
                scalableTargetAction: { maxCapacity: 5000 },
            }),
    },
];

const isOf =
    (type: string, name: string) =>
    (resource: Recorded): boolean =>
        resource.type === type && resource.name === name;

/** An identity that the program makes for nobody of its own, and a task that is given its key. */
function withSpareKey(resource: Recorded, program: readonly Recorded[]): readonly Recorded[] {
    const key = "tls:index/privateKey:PrivateKey";
    const made = (
        programBefore: readonly Recorded[],
        type: string,
        props: Props,
        from = {},
    ): readonly Recorded[] => added(programBefore, type, "spare", props, from);
    const withKey = made(program, key, { algorithm: "ECDSA", ecdsaCurve: "P256" });
    const { urn } = first(withKey.filter(({ type, name }) => type === key && name === "spare"));
    const asked = made(
        withKey,
        "tls:index/certRequest:CertRequest",
        { uris: ["spiffe://shop.internal/guest-service"] },
        { privateKeyPem: [urn] },
    );
    const kept = made(
        asked,
        parameter,
        { name: "/spare/key", type: "SecureString", keyId: "arn:x" },
        { value: [urn] },
    );
    return replaced(kept, resource, ({ props }) => {
        const containers = JSON.parse(String(props.containerDefinitions)) as Props[];
        (proxy(containers).secrets as Props[]).push({ name: "MESH_SPARE", valueFrom: "/spare/key" });
        props.containerDefinitions = JSON.stringify(containers);
    });
}

const identities: readonly Operator[] = [
    inContainers(
        "mesh-certificates",
        "forge",
        "another service's key under another variable",
        (containers) => {
            const { secrets } = proxy(containers) as { secrets: { name: string; valueFrom: string }[] };
            const own = first(secrets.filter(({ name }) => name === "MESH_PRIVATE_KEY"));
            secrets.push({
                name: "MESH_OTHER_KEY",
                valueFrom: own.valueFrom.replace("order-service", "payment-service"),
            });
        },
        ({ name }) => name === "order-service",
    ),
    inContainers(
        "mesh-certificates",
        "forge",
        "another service's certificate",
        (containers) => {
            const { secrets } = proxy(containers) as { secrets: { name: string; valueFrom: string }[] };
            const own = first(secrets.filter(({ name }) => name === "MESH_CERTIFICATE"));
            own.valueFrom = own.valueFrom.replace("order-service", "payment-service");
        },
        ({ name }) => name === "order-service",
    ),
    {
        kind: "forge",
        target: "the identity that a certificate is asked for",
        rule: "mesh-certificates",
        appliesTo: isOf("tls:index/certRequest:CertRequest", "order-service-identity-request"),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                props.uris = ["spiffe://shop.internal/payment-service"];
            }),
    },
    {
        kind: "duplicate",
        target: "an identity that a certificate is asked for",
        rule: "mesh-certificates",
        appliesTo: isOf("tls:index/certRequest:CertRequest", "order-service-identity-request"),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                (props.uris as string[]).push("spiffe://shop.internal/payment-service");
            }),
    },
    {
        kind: "forge",
        target: "the mesh authority's key as a service's",
        rule: "mesh-certificates",
        appliesTo: isOf(parameter, "order-service-identity-private-key"),
        apply: (resource, program) => {
            const authority = first(program.filter(({ name }) => name === "mesh-authority-key"));
            return replaced(program, resource, ({ from }) => {
                from.value = [authority.urn];
            });
        },
    },
    {
        kind: "bypass",
        target: "the key of somebody who runs elsewhere",
        rule: "mesh-certificates",
        appliesTo: isOf(task, "order-service"),
        apply: (resource, program) => withSpareKey(resource, program),
    },
];

/** Ways in that lead through no resource which the program has. */
export const doorOperators: readonly Operator[] = [
    ...opened,
    ...granted,
    ...unread,
    ...membership,
    ...identities,
];
