import { added, ofType, replaced, setting, type Kind, type Operator, type Props } from "../operator";
import { inContainers, proxy } from "./bootstraps";
import { first, inDocument, operations, type Json } from "./documents";

const root = ofType("pulumi:pulumi:Stack");
const role = "aws:iam/role:Role";
const topic = "aws:sns/topic:Topic";
const group = "aws:ec2/securityGroup:SecurityGroup";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const task = "aws:ecs/taskDefinition:TaskDefinition";
const webAcl = "aws:wafv2/webAcl:WebAcl";
const restApi = "aws:apigateway/restApi:RestApi";
const client = "aws:cognito/userPoolClient:UserPoolClient";
const stranger = "999999999999";

const allowing = (fields: Props): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...fields }] });

/** Trusts that a role may not have; those of tasks have a rule of their own too. */
function trusting(target: string, kind: Kind, fields: Props): Operator {
    return {
        kind,
        target: `a role for ${target}`,
        rule: "base-iam",
        appliesTo: ofType(role),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                props.assumeRolePolicy = allowing({ Action: "sts:AssumeRole", ...fields });
            }),
    };
}

const jobs = "token.actions.githubusercontent.com";
const job = { [`${jobs}:aud`]: "sts.amazonaws.com", [`${jobs}:sub`]: "repo:shop/traffic:environment:dev" };

const trusts: readonly Operator[] = [
    trusting("another account", "loosen", { Principal: { AWS: `arn:aws:iam::${stranger}:root` } }),
    trusting("another account's bare id", "loosen", { Principal: { AWS: stranger } }),
    trusting("another account's role", "loosen", { Principal: { AWS: [`arn:aws:iam::${stranger}:role/x`] } }),
    trusting("another account with its external id", "loosen", {
        Principal: { AWS: `arn:aws:iam::${stranger}:root` },
        Condition: { StringEquals: { "sts:ExternalId": "known" } },
    }),
    trusting("users of another issuer", "bypass", {
        Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/evil.example" },
        Condition: { StringEquals: job },
    }),
    trusting("jobs by another account's provider", "bypass", {
        Principal: { Federated: `arn:aws:iam::${stranger}:oidc-provider/${jobs}` },
        Condition: { StringEquals: job },
    }),
    trusting("every job of every repository", "loosen", {
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${jobs}` },
    }),
    setting(
        "base-iam",
        "loosen",
        topic,
        "policy",
        allowing({ Principal: { AWS: stranger }, Action: "sns:Subscribe" }),
    ),
    ...[
        { StringEquals: { "aws:SourceAccount": stranger } },
        { ArnLike: { "aws:SourceArn": "arn:aws:sns:*" } },
        { StringEquals: { "aws:PrincipalOrgID": "o-stranger" } },
    ].map((condition) =>
        setting(
            "base-iam",
            "loosen",
            topic,
            "policy",
            allowing({ Principal: "*", Action: "sns:Publish", Condition: condition }),
        ),
    ),
];

/** A resource that opens what nobody judged by another property or type. */
function opened(rule: string, type: string, props: Props): Operator {
    return {
        kind: "bypass",
        target: `one more that opens: ${type}`,
        rule,
        appliesTo: root,
        apply: (_, program) => added(program, type, "stranger", props),
    };
}

const everybody = { policy: allowing({ Principal: "*", Action: "x:Do", Resource: "*" }) };

const opens: readonly Operator[] = [
    opened("base-iam", "aws:s3/bucket:Bucket", everybody),
    opened("base-iam", "aws:s3/accessPoint:AccessPoint", everybody),
    opened("base-iam", "aws:kms/replicaKey:ReplicaKey", everybody),
    opened("base-iam", "aws:kms/externalKey:ExternalKey", everybody),
    opened("base-iam", "aws:s3/bucketAcl:BucketAcl", { acl: "public-read" }),
    opened("base-iam", "aws:s3/bucketV2:BucketV2", { acl: "public-read-write" }),
];

const listed = { protocol: "tcp", fromPort: 15443, toPort: 15443, prefixListIds: ["pl-0123456789"] };
const isToS3 = ({ name }: { readonly name: string }): boolean => name === "mesh-members-s3";

const network: readonly Operator[] = [
    setting("base-security-groups", "loosen", egressRule, "prefixListId", "pl-0123456789", isToS3),
    {
        kind: "forge",
        target: "a list of ranges that another endpoint is said to name",
        rule: "base-security-groups",
        only: "preview",
        appliesTo: (resource) => resource.type === egressRule && isToS3(resource),
        apply: (resource, program) => {
            const other = first(program.filter(({ name }) => name === "network-logs"));
            return replaced(program, resource, ({ from, props }) => {
                from.prefixListId = [other.urn];
                props.prefixListId = other.props.prefixListId;
            });
        },
    },
    setting("base-security-groups", "bypass", group, "ingress", [listed]),
    setting("base-security-groups", "bypass", group, "egress", [listed]),
    setting("base-security-groups", "loosen", ingressRule, "referencedSecurityGroupId", "sg-other"),
    setting(
        "base-security-groups",
        "loosen",
        ingressRule,
        "referencedSecurityGroupId",
        `${stranger}/sg-other`,
    ),
    setting("mesh-membership", "rename", "aws:lb/loadBalancer:LoadBalancer", "securityGroups", ["sg-other"]),
    opened("base-readable", "aws:ec2/routeTable:RouteTable", {
        routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-0123456789" }],
    }),
];

/** An operator on the rule of a Web ACL that refuses unchecked bodies. */
function onBodies(kind: Kind, target: string, change: (rule: Json, rules: Json[]) => void): Operator {
    return {
        kind,
        target: `the refusal of unchecked bodies ${target}`,
        rule: "gateway-web-acl",
        appliesTo: ofType(webAcl),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                const rules = props.rules as Json[];
                change(first(rules.filter(({ name }) => name === "body-form")), rules);
            }),
    };
}

interface Form {
    orStatement: { statements: Json[] };
}

const statementsOf = (rule: Json): Json[] => (rule.statement as Form).orStatement.statements;

/** What a text in a statement says, in another word. */
function reworded(rule: Json, from: string, to: string): void {
    rule.statement = JSON.parse(JSON.stringify(rule.statement).replaceAll(from, to)) as Json;
}

const bodies: readonly Operator[] = [
    onBodies("remove", "from the Web ACL", (rule, rules) => {
        rules.splice(rules.indexOf(rule), 1);
    }),
    onBodies("flip", "to a count", (rule) => {
        rule.action = { count: {} };
    }),
    onBodies("remove", "that are compressed", (rule) => {
        statementsOf(rule).shift();
    }),
    onBodies("remove", "of other types", (rule) => {
        statementsOf(rule).pop();
    }),
    onBodies("loosen", "to types that begin alike", (rule) => {
        reworded(rule, "application/json;", "application/");
    }),
    onBodies("loosen", "to types that contain it", (rule) => {
        reworded(rule, "STARTS_WITH", "CONTAINS");
    }),
    onBodies("loosen", "to large ones", (rule) => {
        reworded(rule, '"size":0', '"size":8192');
    }),
    onBodies("loosen", "to one path", (rule) => {
        const path = { uriPath: {} };
        const match = { fieldToMatch: path, positionalConstraint: "STARTS_WITH", searchString: "/orders" };
        const only = {
            byteMatchStatement: { ...match, textTransformations: [{ priority: 0, type: "NONE" }] },
        };
        rule.statement = { andStatement: { statements: [only, rule.statement] } };
    }),
    onBodies("bypass", "behind a rule that allows", (rule, rules) => {
        rules.push({
            ...rule,
            name: "allowed",
            action: { allow: {} },
            priority: Number(rule.priority) - 0.5,
        });
    }),
    inDocument("gateway-request-validation", "rename", "the type of a body's model", (document) => {
        for (const operation of operations(document).filter((each) => "requestBody" in each)) {
            const body = operation.requestBody as { content: Record<string, Json> };
            body.content = { "text/json": first(Object.values(body.content)) };
        }
    }),
    inDocument(
        "gateway-request-validation",
        "bypass",
        "an operation for any method without a body",
        (document) => {
            const path = first(Object.values(document.paths as Record<string, Json>));
            const any = { ...first(operations(document)), operationId: "anything" } as Json;
            delete any.requestBody;
            path["x-amazon-apigateway-any-method"] = any;
        },
    ),
    inDocument("gateway-request-validation", "bypass", "bodies as binary, in the document", (document) => {
        document["x-amazon-apigateway-binary-media-types"] = ["*/*"];
    }),
    setting("gateway-request-validation", "bypass", restApi, "binaryMediaTypes", ["application/json"]),
    inDocument("gateway-observability", "forge", "failures that pass for successes", (document) => {
        const responses = document["x-amazon-apigateway-gateway-responses"] as Record<string, Json>;
        Object.assign(responses, { INTEGRATION_FAILURE: { statusCode: 200 } });
    }),
    setting(
        "gateway-observability",
        "detach",
        "aws:apigateway/account:Account",
        "cloudwatchRoleArn",
        `arn:aws:iam::${stranger}:role/logs`,
    ),
];

const isProxied = ({ name }: { readonly name: string }): boolean => name !== "user-limiter";

const tasks: readonly Operator[] = [
    setting(
        "mesh-certificates",
        "bypass",
        task,
        "taskRoleArn",
        "arn:aws:iam::123456789012:role/admin",
        isProxied,
    ),
    setting("base-containers", "flip", task, "enableFaultInjection", true),
    inContainers(
        "mesh-mtls",
        "bypass",
        "the proxy's script by its entry point",
        (containers) => {
            proxy(containers).entryPoint = ["/bin/sh", "-c", "exec /opt/other"];
        },
        isProxied,
    ),
    inContainers(
        "mesh-mtls",
        "bypass",
        "the proxy's files by a volume",
        (containers) => {
            proxy(containers).mountPoints = [{ sourceVolume: "shared", containerPath: "/usr/local/bin" }];
        },
        isProxied,
    ),
    inContainers(
        "mesh-mtls",
        "bypass",
        "the proxy's files by another container's",
        (containers) => {
            proxy(containers).volumesFrom = [{ sourceContainer: "application" }];
        },
        isProxied,
    ),
    inContainers("base-containers", "bypass", "a container's names of hosts", (containers) => {
        first(containers).extraHosts = [{ hostname: "payment-service", ipAddress: "10.0.0.9" }];
    }),
    inContainers("base-containers", "rename", "privileges in another spelling", (containers) => {
        first(containers).Privileged = true;
    }),
];

const isWeb = ({ name }: { readonly name: string }): boolean => name.endsWith("-web-client");

const upkeep: readonly Operator[] = [
    setting("gateway-sign-in", "bypass", client, "callbackUrls", ["HTTP://evil.example/"], isWeb),
    setting("gateway-sign-in", "bypass", client, "callbackUrls", ["javascript:alert(1)"], isWeb),
    setting("gateway-sign-in", "loosen", client, "logoutUrls", ["http://evil.example/"], isWeb),
    setting("gateway-sign-in", "loosen", client, "explicitAuthFlows", ["ALLOW_USER_AUTH"]),
    setting("gateway-sign-in", "flip", client, "enableTokenRevocation", false),
    setting("gateway-sign-in", "loosen", client, "idTokenValidity", 1440),
    setting(
        "base-encryption",
        "flip",
        "aws:cloudwatch/logGroup:LogGroup",
        "logGroupClass",
        "INFREQUENT_ACCESS",
    ),
    setting("base-encryption", "flip", "aws:kms/key:Key", "isEnabled", false),
];

/** What somebody would do who must have it running today. */
export const shortcutOperators: readonly Operator[] = [
    ...trusts,
    ...opens,
    ...network,
    ...bodies,
    ...tasks,
    ...upkeep,
];
