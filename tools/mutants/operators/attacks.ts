import { added, ofType, replaced, setting, without, type Operator } from "../operator";
import { first, inDocument, integrationOf, operations, type Json } from "./documents";

const stage = "aws:apigateway/stage:Stage";
const restApi = "aws:apigateway/restApi:RestApi";
const deployment = "aws:apigateway/deployment:Deployment";
const mapping = "aws:apigatewayv2/apiMapping:ApiMapping";
const methodSettings = "aws:apigateway/methodSettings:MethodSettings";
const logging = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";

function onParameters(kind: Operator["kind"], target: string, change: (parameters: Json) => void): Operator {
    return inDocument("gateway-identity", kind, target, (document) => {
        change(integrationOf(first(operations(document))).requestParameters as Json);
    });
}

const header = "integration.request.header";

const identity: readonly Operator[] = [
    onParameters("forge", "the user's id from the client", (parameters) => {
        parameters[`${header}.x-user-id`] = "method.request.header.x-user-id";
    }),
    onParameters("forge", "the user's id in another spelling", (parameters) => {
        parameters[`${header}.X-User-Id`] = "method.request.header.X-User-Id";
    }),
    onParameters("remove", "an operation's user id", (parameters) => {
        Reflect.deleteProperty(parameters, `${header}.x-user-id`);
    }),
    onParameters("forge", "the consumer's id from the query", (parameters) => {
        parameters[`${header}.x-consumer-id`] = "method.request.querystring.consumer";
    }),
    onParameters("remove", "an operation's consumer id", (parameters) => {
        Reflect.deleteProperty(parameters, `${header}.x-consumer-id`);
    }),
    inDocument("gateway-identity", "forge", "an identity by a template", (document) => {
        integrationOf(first(operations(document))).requestTemplates = {
            "application/json": '#set($context.requestOverride.header.x-user-id = $input.params("user"))',
        };
    }),
];

const documents: readonly Operator[] = [
    inDocument("gateway-authentication", "bypass", "an extension that replaces security", (document) => {
        first(operations(document))["x-amazon-apigateway-auth"] = { type: "NONE" };
    }),
    inDocument("gateway-authentication", "bypass", "tokens of another issuer", (document) => {
        const schemes = (document.components as Json).securitySchemes as Record<string, Json>;
        for (const scheme of Object.values(schemes)) {
            if ("x-amazon-apigateway-authorizer" in scheme) {
                scheme["x-amazon-apigateway-authorizer"] = {
                    type: "jwt",
                    jwtConfiguration: { issuers: [{ issuer: "https://evil.example", audiences: ["shop"] }] },
                };
            }
        }
    }),
    inDocument(
        "gateway-request-validation",
        "remove",
        "an operation's body",
        (document) => {
            for (const operation of operations(document)) {
                delete operation.requestBody;
            }
        },
        { where: ({ name }) => !name.startsWith("search-v2") },
    ),
    inDocument("gateway-request-validation", "loosen", "a body's schema to anything", (document) => {
        for (const operation of operations(document).filter((each) => "requestBody" in each)) {
            operation.requestBody = { content: { "application/json": { schema: {} } } };
        }
    }),
];

const deployments: readonly Operator[] = [
    setting("gateway-deployment", "bypass", stage, "canarySettings", {
        percentTraffic: 50,
        stageVariableOverrides: { vpcLinkId: "abc123" },
    }),
    setting("gateway-deployment", "flip", stage, "cacheClusterEnabled", true),
    setting("gateway-deployment", "flip", methodSettings, "settings.cachingEnabled", true),
    {
        kind: "detach",
        target: "Deployment triggers",
        rule: "gateway-deployment",
        appliesTo: ofType(deployment),
        apply: (resource, program) =>
            replaced(program, resource, ({ props, from }) => {
                props.triggers = { body: "never" };
                delete from.triggers;
            }),
    },
    {
        kind: "rename",
        target: "a stage's deployment to another API's",
        rule: "gateway-deployment",
        appliesTo: ofType(stage),
        apply: (resource, program) => {
            const own = resource.from.deployment ?? [];
            const other = first(program.filter(({ type, urn }) => type === deployment && !own.includes(urn)));
            return replaced(program, resource, ({ from }) => {
                from.deployment = [other.urn];
            });
        },
    },
];

const paths: readonly Operator[] = [
    {
        kind: "remove",
        target: "ApiMapping",
        rule: "gateway-versions",
        appliesTo: ofType(mapping),
        apply: (resource, program) => without(program, resource),
    },
    setting("gateway-versions", "rename", mapping, "apiMappingKey", "hidden/v9"),
    setting("gateway-endpoint", "bypass", mapping, "apiId", "abc123"),
    {
        kind: "bypass",
        target: "a path that leads to somebody else's API",
        rule: "gateway-endpoint",
        appliesTo: ofType(mapping),
        apply: ({ props, from }, program) =>
            added(
                program,
                mapping,
                "foreign",
                { ...props, apiId: "abc123", apiMappingKey: "x/v1" },
                {
                    domainName: from.domainName ?? [],
                },
            ),
    },
    {
        kind: "bypass",
        target: "an older kind of mapping",
        rule: "gateway-endpoint",
        appliesTo: ofType("pulumi:pulumi:Stack"),
        apply: (_, program) =>
            added(program, "aws:apigateway/basePathMapping:BasePathMapping", "old", { restApi: "abc123" }),
    },
    {
        kind: "duplicate",
        target: "RestApi without component",
        rule: "gateway-authentication",
        appliesTo: ofType(restApi),
        apply: (_, program) =>
            added(program, restApi, "shadow", {
                body: JSON.stringify({ openapi: "3.0.1", paths: { "/": { get: { responses: {} } } } }),
            }),
    },
];

const firewallLogs: readonly Operator[] = [
    {
        kind: "remove",
        target: "WebAclLoggingConfiguration",
        rule: "gateway-web-acl",
        appliesTo: ofType(logging),
        apply: (resource, program) => without(program, resource),
    },
    setting("gateway-web-acl", "loosen", logging, "loggingFilter", { defaultBehavior: "DROP", filters: [] }),
    setting("gateway-web-acl", "detach", logging, "logDestinationConfigs", ["arn:aws:s3:::elsewhere"]),
];

const another: readonly Operator[] = [
    "aws:cloudformation/stack:Stack",
    "aws:cloudcontrol/resource:Resource",
    "aws:ecs/expressGatewayService:ExpressGatewayService",
    "aws:servicediscovery/instance:Instance",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:scheduler/schedule:Schedule",
    "aws:ec2/networkInterface:NetworkInterface",
    "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
    "aws:ec2/route:Route",
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
    "aws:apigateway/restApiPolicy:RestApiPolicy",
    "aws:apigateway/restApiPut:RestApiPut",
    "aws:apigateway/integration:Integration",
    "aws:apigatewayv2/routingRule:RoutingRule",
    "aws:alb/listenerRule:ListenerRule",
    "aws:alb/targetGroupAttachment:TargetGroupAttachment",
    "aws:bedrock/agentcoreGateway:AgentcoreGateway",
    "aws:cognito/identityProvider:IdentityProvider",
    "acme:network:Tunnel",
].map((type) => ({
    kind: "bypass",
    target: `another door: ${type}`,
    rule: "base-readable",
    appliesTo: ofType("pulumi:pulumi:Stack"),
    apply: (_, program) => added(program, type, "stranger", {}),
}));

const pool = "aws:cognito/userPool:UserPool";
const client = "aws:cognito/userPoolClient:UserPoolClient";

const signIn: readonly Operator[] = [
    setting("gateway-sign-in", "bypass", pool, "lambdaConfig", { preTokenGeneration: "arn:aws:lambda:x" }),
    setting("gateway-sign-in", "loosen", pool, "passwordPolicy.minimumLength", 6),
    setting("gateway-sign-in", "flip", pool, "mfaConfiguration", "OFF"),
    setting("gateway-sign-in", "loosen", client, "allowedOauthFlows", ["implicit"]),
    setting("gateway-sign-in", "loosen", client, "explicitAuthFlows", ["ALLOW_USER_PASSWORD_AUTH"]),
    setting("gateway-sign-in", "bypass", client, "supportedIdentityProviders", ["evil"]),
    setting("gateway-sign-in", "loosen", client, "callbackUrls", ["http://evil.example/"]),
    setting("gateway-sign-in", "loosen", client, "accessTokenValidity", 1440),
    setting("gateway-sign-in", "detach", client, "userPoolId", "eu-central-1_Other"),
];

const elsewhere: readonly Operator[] = [
    setting(
        "base-readable",
        "bypass",
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "serviceName",
        "com.amazonaws.vpce.eu-central-1.vpce-svc-0123",
    ),
    {
        kind: "duplicate",
        target: "a DNS record of the domain",
        rule: "gateway-endpoint",
        appliesTo: ofType("aws:apigateway/domainName:DomainName"),
        apply: ({ props }, program) =>
            added(program, "aws:route53/record:Record", "second", {
                name: props.domainName,
                type: "CNAME",
                records: ["evil.example"],
                setIdentifier: "half",
            }),
    },
];

/** What somebody would try who may commit and wants nobody to notice. */
export const attackOperators: readonly Operator[] = [
    ...identity,
    ...documents,
    ...deployments,
    ...paths,
    ...firewallLogs,
    ...signIn,
    ...elsewhere,
    ...another,
];
