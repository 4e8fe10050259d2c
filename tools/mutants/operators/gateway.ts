import { replaced, setting, without, added, type Operator, ofType } from "../operator";
import { first, guarded, inDocument, integrationOf, operations, preflights, type Json } from "./documents";

const restApi = "aws:apigateway/restApi:RestApi";
const stage = "aws:apigateway/stage:Stage";
const methodSettings = "aws:apigateway/methodSettings:MethodSettings";
const domain = "aws:apigateway/domainName:DomainName";
const webAcl = "aws:wafv2/webAcl:WebAcl";
const userPool = "arn:aws:cognito-idp:eu-central-1:999999999999:userpool/eu-central-1_Other";

const authentication: readonly Operator[] = [
    inDocument("gateway-authentication", "remove", "an operation's security", (document) => {
        delete first(guarded(document)).security;
    }),
    inDocument("gateway-authentication", "remove", "an operation's token", (document) => {
        const operation = first(guarded(document));
        operation.security = (operation.security as Json[]).slice(1);
    }),
    inDocument("gateway-authentication", "remove", "an operation's API key", (document) => {
        const operation = first(guarded(document));
        operation.security = (operation.security as Json[]).slice(0, 1);
    }),
    inDocument("gateway-authentication", "loosen", "an operation's scopes", (document) => {
        const token = first(first(guarded(document)).security as Json[]);
        Object.keys(token).forEach((name) => {
            token[name] = [];
        });
    }),
    inDocument("gateway-authentication", "rename", "an operation's token scheme", (document) => {
        (first(guarded(document)).security as Json[])[0] = { nobody: ["read"] };
    }),
    inDocument("gateway-authentication", "bypass", "a Lambda authorizer", (document) => {
        const schemes = (document.components as Json).securitySchemes as Record<string, Json>;
        for (const scheme of Object.values(schemes)) {
            if ("x-amazon-apigateway-authorizer" in scheme) {
                scheme["x-amazon-apigateway-authtype"] = "custom";
                scheme["x-amazon-apigateway-authorizer"] = { type: "request", authorizerUri: "arn:aws:x" };
            }
        }
    }),
    inDocument("gateway-authentication", "bypass", "somebody else's user pool", (document) => {
        const schemes = (document.components as Json).securitySchemes as Record<string, Json>;
        for (const scheme of Object.values(schemes)) {
            if ("x-amazon-apigateway-authorizer" in scheme) {
                (scheme["x-amazon-apigateway-authorizer"] as Json).providerARNs = [userPool];
            }
        }
    }),
    inDocument("gateway-authentication", "bypass", "a key in another header", (document) => {
        const schemes = (document.components as Json).securitySchemes as Record<string, Json>;
        for (const scheme of Object.values(schemes).filter(({ name }) => name === "x-api-key")) {
            scheme.name = "x-other";
        }
    }),
    inDocument("gateway-authentication", "bypass", "an operation for any method", (document) => {
        const path = first(Object.values(document.paths as Record<string, Json>));
        path["x-amazon-apigateway-any-method"] = {
            ...first(operations(document)),
            operationId: "anything",
            security: [],
        };
    }),
    inDocument("gateway-authentication", "bypass", "an OPTIONS that forwards", (document) => {
        const path = first(Object.values(document.paths as Record<string, Json>));
        path.options = { ...first(operations(document)), operationId: "options", security: [] };
    }),
    inDocument(
        "gateway-authentication",
        "forge",
        "a body that is not the registered template",
        (document) => {
            delete first(guarded(document)).security;
        },
        { only: "up", body: true },
    ),
    setting("gateway-authentication", "flip", restApi, "apiKeySource", "AUTHORIZER"),
    setting("gateway-authentication", "remove", restApi, "body", undefined),
    setting("gateway-authentication", "forge", restApi, "body", "{"),
];

const validation: readonly Operator[] = [
    inDocument("gateway-request-validation", "remove", "validators", (document) => {
        delete document["x-amazon-apigateway-request-validators"];
    }),
    inDocument("gateway-request-validation", "flip", "a validator's body", (document) => {
        const all = document["x-amazon-apigateway-request-validators"] as Record<string, Json>;
        Object.values(all).forEach((each) => (each.validateRequestBody = false));
    }),
    inDocument("gateway-request-validation", "flip", "a validator's parameters", (document) => {
        const all = document["x-amazon-apigateway-request-validators"] as Record<string, Json>;
        Object.values(all).forEach((each) => (each.validateRequestParameters = false));
    }),
    inDocument("gateway-request-validation", "rename", "an operation's validator", (document) => {
        first(operations(document))["x-amazon-apigateway-request-validator"] = "nothing";
    }),
    inDocument("gateway-request-validation", "remove", "a body's schema", (document) => {
        const operation = first(operations(document).filter((each) => "requestBody" in each));
        operation.requestBody = { content: { "application/json": {} } };
    }),
];

function eachOrigin(document: Json, value: string): void {
    for (const preflight of preflights(document)) {
        const responses = integrationOf(preflight).responses as Record<string, Json>;
        for (const response of Object.values(responses)) {
            const parameters = response.responseParameters as Json;
            parameters["method.response.header.Access-Control-Allow-Origin"] = value;
        }
    }
}

const cors: readonly Operator[] = [
    inDocument("gateway-cors", "loosen", "allowed origins", (document) => {
        eachOrigin(document, "'*'");
    }),
    inDocument("gateway-cors", "bypass", "the caller's origin repeated", (document) => {
        eachOrigin(document, "method.request.header.Origin");
    }),
    inDocument("gateway-cors", "remove", "a path's preflight", (document) => {
        delete first(Object.values(document.paths as Record<string, Json>)).options;
    }),
    inDocument("gateway-cors", "bypass", "a template that allows every origin", (document) => {
        const responses = integrationOf(first(preflights(document))).responses as Record<string, Json>;
        first(Object.values(responses)).responseTemplates = {
            "application/json":
                '#set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))',
        };
    }),
    inDocument("gateway-cors", "loosen", "credentials for every origin", (document) => {
        const responses = document["x-amazon-apigateway-gateway-responses"] as Record<string, Json>;
        const parameters = first(Object.values(responses)).responseParameters as Json;
        parameters["gatewayresponse.header.Access-Control-Allow-Credentials"] = "'true'";
    }),
    inDocument("gateway-cors", "loosen", "origins of the gateway's errors", (document) => {
        const responses = document["x-amazon-apigateway-gateway-responses"] as Record<string, Json>;
        const parameters = first(Object.values(responses)).responseParameters as Json;
        parameters["gatewayresponse.header.Access-Control-Allow-Origin"] = "'*'";
    }),
];

function onIntegration(
    target: string,
    kind: Operator["kind"],
    change: (integration: Json) => void,
): Operator {
    return inDocument("gateway-private-integration", kind, target, (document) => {
        change(integrationOf(first(operations(document))));
    });
}

const integrations: readonly Operator[] = [
    onIntegration("an operation's VPC link", "bypass", (each) => {
        each.connectionType = "INTERNET";
    }),
    onIntegration("an operation's connection", "remove", (each) => {
        delete each.connectionType;
    }),
    onIntegration("an operation's scheme", "flip", (each) => {
        each.uri = String(each.uri).replace("https:", "http:");
    }),
    onIntegration("an operation's host", "bypass", (each) => {
        each.uri = "https://${stageVariables.host}/orders";
    }),
    onIntegration("an operation's link id", "rename", (each) => {
        each.connectionId = "abc123";
    }),
    onIntegration("an operation's load balancer", "bypass", (each) => {
        each.integrationTarget = "arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/net/other/1";
    }),
    onIntegration("an operation's Lambda", "bypass", (each) => {
        each.type = "aws_proxy";
    }),
    onIntegration("an operation's answer", "bypass", (each) => {
        each.type = "mock";
    }),
    inDocument("gateway-private-integration", "remove", "an operation's integration", (document) => {
        delete first(operations(document))["x-amazon-apigateway-integration"];
    }),
    setting("gateway-private-integration", "rename", stage, "variables", { vpcLinkId: "abc123" }),
    {
        kind: "detach",
        target: "Stage variables",
        rule: "gateway-private-integration",
        appliesTo: ofType(stage),
        apply: (resource, program) =>
            replaced(program, resource, ({ from }) => {
                delete from.variables;
            }),
    },
];

const endpoints: readonly Operator[] = [
    setting("gateway-endpoint", "flip", restApi, "disableExecuteApiEndpoint", false),
    setting("gateway-endpoint", "remove", restApi, "disableExecuteApiEndpoint", undefined),
    setting("gateway-endpoint", "loosen", restApi, "putRestApiMode", "merge"),
    inDocument("gateway-endpoint", "flip", "the document's default endpoint", (document) => {
        document["x-amazon-apigateway-endpoint-configuration"] = { disableExecuteApiEndpoint: false };
    }),
    setting("gateway-endpoint", "loosen", domain, "securityPolicy", "TLS_1_0"),
    setting("gateway-endpoint", "remove", domain, "securityPolicy", undefined),
];

const observability: readonly Operator[] = [
    setting("gateway-observability", "remove", stage, "accessLogSettings", undefined),
    setting("gateway-observability", "rename", stage, "accessLogSettings.format", "$context.status"),
    setting("gateway-observability", "detach", stage, "accessLogSettings.destinationArn", "arn:aws:logs:x"),
    setting("gateway-observability", "flip", stage, "xrayTracingEnabled", false),
    setting("gateway-observability", "remove", stage, "xrayTracingEnabled", undefined),
    setting("gateway-observability", "flip", methodSettings, "settings.metricsEnabled", false),
    setting("gateway-observability", "flip", methodSettings, "settings.dataTraceEnabled", true),
    setting("gateway-observability", "flip", methodSettings, "settings.loggingLevel", "OFF"),
    setting("gateway-observability", "rename", methodSettings, "methodPath", "orders/GET"),
    {
        kind: "remove",
        target: "MethodSettings",
        rule: "gateway-observability",
        appliesTo: ofType(methodSettings),
        apply: (resource, program) => without(program, resource),
    },
    {
        kind: "duplicate",
        target: "MethodSettings with bodies",
        rule: "gateway-observability",
        appliesTo: ofType(methodSettings),
        apply: ({ props, from }, program) =>
            added(
                program,
                methodSettings,
                "debug",
                {
                    ...props,
                    methodPath: "~1/GET",
                    settings: { ...(props.settings as Json), dataTraceEnabled: true },
                },
                from,
            ),
    },
];

const edge: readonly Operator[] = [
    setting("gateway-client-certificate", "remove", stage, "clientCertificateId", undefined),
    setting("gateway-client-certificate", "rename", stage, "clientCertificateId", "abc123"),
    {
        kind: "detach",
        target: "Stage clientCertificateId",
        rule: "gateway-client-certificate",
        appliesTo: ofType(stage),
        apply: (resource, program) =>
            replaced(program, resource, ({ props, from }) => {
                delete props.clientCertificateId;
                delete from.clientCertificateId;
            }),
    },
    setting("gateway-web-acl", "flip", webAcl, "visibilityConfig.sampledRequestsEnabled", true),
    setting("gateway-web-acl", "flip", webAcl, "visibilityConfig.cloudwatchMetricsEnabled", false),
    setting("gateway-web-acl", "flip", webAcl, "rules.0.visibilityConfig.sampledRequestsEnabled", true),
    setting("gateway-web-acl", "remove", webAcl, "dataProtectionConfig", undefined),
    setting(
        "gateway-web-acl",
        "loosen",
        webAcl,
        "dataProtectionConfig.dataProtections.0.excludeRateBasedDetails",
        true,
    ),
    setting("gateway-web-acl", "loosen", webAcl, "dataProtectionConfig.dataProtections.0.field.fieldKeys", [
        "authorization",
    ]),
];

/** Ways to break what ADR-003 says of the gateway. */
export const gatewayOperators: readonly Operator[] = [
    ...authentication,
    ...validation,
    ...cors,
    ...integrations,
    ...endpoints,
    ...observability,
    ...edge,
];
