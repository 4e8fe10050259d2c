import {
    first,
    guarded,
    integrationOf,
    operations,
    preflights,
    type Json,
} from "../../../../tools/mutants/operators/documents";
import { document, removed, setTo, unknownAt, type RuleCases } from "./case";

const restApi = "aws:apigateway/restApi:RestApi";
const stage = "aws:apigateway/stage:Stage";
const webAcl = "aws:wafv2/webAcl:WebAcl";
const api = "orders-v2";
const orders = "orders-v2-stage";
const unknownBody = setTo("shop:gateway:ExternalApi", "orders", "versions.v2.template", undefined);

/** What the rules on the gateway must refuse, in the dev stack at its first preview. */
export const gatewayCases: Readonly<Record<string, RuleCases>> = {
    "gateway-authentication": {
        violating: [
            document(api, (each) => {
                first(guarded(each)).security = [{ shopUser: [] }, { apiKey: [] }];
            }),
            'operation listOrders template.paths["/"].get.security: found a token without exactly one authorizer and a scope; required a JWT with at least one scope, or a listed publicOperation',
        ],
        missing: [
            document(api, (each) => {
                delete first(guarded(each)).security;
            }),
            'operation listOrders template.paths["/"].get.security: found no token; required a JWT with at least one scope, or a listed publicOperation',
            'operation listOrders template.paths["/"].get.security: found no API key; required an API key in the header x-api-key',
        ],
        unknown: [
            unknownBody,
            "body: found a value that is unknown until it is deployed; required a text, or the template of an ExternalApi, that is known at preview",
        ],
    },
    "gateway-sign-in": {
        violating: [
            setTo("aws:cognito/userPoolClient:UserPoolClient", "edge-users-web-client", "allowedOauthFlows", [
                "implicit",
            ]),
            'allowedOauthFlows[0]: found "implicit"; required one of code, client_credentials',
        ],
        missing: [
            setTo("aws:cognito/userPool:UserPool", undefined, "passwordPolicy", undefined),
            "passwordPolicy.minimumLength: found nothing; required at least 12",
        ],
        unknown: [
            unknownAt(
                "aws:cognito/userPoolClient:UserPoolClient",
                "edge-users-web-client",
                "accessTokenValidity",
            ),
            "accessTokenValidity: found a value that is unknown until it is deployed; required at most 60 minutes",
        ],
    },
    "gateway-identity": {
        violating: [
            document(api, (each) => {
                const parameters = integrationOf(first(operations(each))).requestParameters as Json;
                parameters["integration.request.header.x-user-id"] = "method.request.header.x-user-id";
            }),
            'operation listOrders x-user-id: found "method.request.header.x-user-id"; required context.authorizer.claims.sub',
        ],
        missing: [
            document(api, (each) => {
                delete integrationOf(first(operations(each))).requestParameters;
            }),
            "operation listOrders x-user-id: found what the client sends; required context.authorizer.claims.sub",
            "operation listOrders x-consumer-id: found what the client sends; required context.identity.apiKeyId or context.identity.sourceIp",
        ],
        unknown: [
            unknownBody,
            "body: found a value that is unknown until it is deployed; required a text, or the template of an ExternalApi, that is known at preview",
        ],
    },
    "gateway-request-validation": {
        violating: [
            document(api, (each) => {
                const all = each["x-amazon-apigateway-request-validators"] as Record<string, Json>;
                first(Object.values(all)).validateRequestBody = false;
                each.paths = { "/": { get: first(operations(each)) } };
            }),
            'operation listOrders template.paths["/"].get["x-amazon-apigateway-request-validator"]: found "everything", without validateRequestBody; required a validator of body and parameters',
        ],
        missing: [
            document(api, (each) => {
                delete each["x-amazon-apigateway-request-validators"];
                each.paths = { "/": { get: first(operations(each)) } };
            }),
            'operation listOrders template.paths["/"].get["x-amazon-apigateway-request-validator"]: found "everything", without validateRequestBody and validateRequestParameters; required a validator of body and parameters',
        ],
        unknown: [
            unknownBody,
            "body: found a value that is unknown until it is deployed; required a text, or the template of an ExternalApi, that is known at preview",
        ],
    },
    "gateway-cors": {
        violating: [
            document(api, (each) => {
                const responses = integrationOf(first(preflights(each))).responses as Record<string, Json>;
                const parameters = first(Object.values(responses)).responseParameters as Json;
                parameters["method.response.header.Access-Control-Allow-Origin"] = "'*'";
            }),
            'template.paths["/"].options["x-amazon-apigateway-integration"].responses.default.responseParameters["method.response.header.Access-Control-Allow-Origin"]: found "\'*\'"; required one origin, written out, or what the mesh ingress answered',
        ],
        missing: [
            document(api, (each) => {
                delete first(Object.values(each.paths as Record<string, Json>)).options;
            }),
            "path /: found no preflight; required an OPTIONS operation with a mock integration that names its origins",
        ],
        unknown: [
            unknownBody,
            "body: found a value that is unknown until it is deployed; required a text, or the template of an ExternalApi, that is known at preview",
        ],
    },
    "gateway-private-integration": {
        violating: [
            document(api, (each) => {
                integrationOf(first(operations(each))).connectionType = "INTERNET";
            }),
            'operation listOrders template.paths["/"].get["x-amazon-apigateway-integration"].connectionType: found "INTERNET"; required "VPC_LINK"',
        ],
        missing: [
            setTo(stage, orders, "variables", undefined),
            'stage "orders-v2-stage" variables.vpcLinkId: found nothing; required the id of exactly one aws:apigatewayv2/vpcLink:VpcLink of this program, or of the edge that it joins',
        ],
        unknown: [
            unknownAt(stage, orders, "variables"),
            'stage "orders-v2-stage" variables.vpcLinkId: found a value that is unknown until it is deployed; required the id of exactly one aws:apigatewayv2/vpcLink:VpcLink of this program, or of the edge that it joins',
        ],
    },
    "gateway-endpoint": {
        violating: [
            setTo(restApi, api, "disableExecuteApiEndpoint", false),
            "disableExecuteApiEndpoint: found false; required true: only the domain has the Web ACL's limits for all APIs",
        ],
        missing: [
            setTo("aws:apigateway/domainName:DomainName", undefined, "securityPolicy", undefined),
            "securityPolicy: found nothing; required one of TLS_1_2",
        ],
        unknown: [
            unknownAt(restApi, api, "disableExecuteApiEndpoint"),
            "disableExecuteApiEndpoint: found a value that is unknown until it is deployed; required true: only the domain has the Web ACL's limits for all APIs",
        ],
    },
    "gateway-versions": {
        violating: [
            setTo(
                "aws:apigatewayv2/apiMapping:ApiMapping",
                "orders-v2-mapping",
                "apiMappingKey",
                "orders/v3",
            ),
            "path /orders/v2: found no API; required a version of the API, mapped under this path",
        ],
        missing: [
            removed("aws:apigatewayv2/apiMapping:ApiMapping", "orders-v2-mapping"),
            "path /orders/v2: found no API; required a version of the API, mapped under this path",
        ],
        unknown: [
            unknownAt("aws:apigatewayv2/apiMapping:ApiMapping", "orders-v2-mapping", "apiMappingKey"),
            "path /orders/v2: found no API; required a version of the API, mapped under this path",
        ],
    },
    "gateway-deployment": {
        violating: [
            setTo(stage, orders, "canarySettings", { percentTraffic: 10 }),
            'canarySettings: found {"percentTraffic":10}; required nothing: weights are the mesh\'s',
        ],
        missing: [
            setTo("aws:apigateway/deployment:Deployment", "orders-v2-deployment", "triggers", undefined),
            "triggers: found nothing; required made from the API's document, so that a change is deployed",
        ],
        unknown: [
            unknownAt(stage, orders, "deployment"),
            "deployment: found a value that is unknown until it is deployed; required an output of exactly one aws:apigateway/deployment:Deployment of this program",
        ],
    },
    "gateway-observability": {
        violating: [
            setTo(stage, orders, "xrayTracingEnabled", false),
            "xrayTracingEnabled: found false; required true",
        ],
        missing: [
            removed("aws:apigateway/methodSettings:MethodSettings", "orders-v2-methods"),
            "method settings: found none for */*; required metrics of every method",
        ],
        unknown: [
            unknownAt(stage, orders, "xrayTracingEnabled"),
            "xrayTracingEnabled: found a value that is unknown until it is deployed; required true",
        ],
    },
    "gateway-client-certificate": {
        violating: [
            setTo(stage, orders, "clientCertificateId", "abc123"),
            'clientCertificateId: found "abc123"; required the value of aws:apigateway/clientCertificate:ClientCertificate "edge-client-certificate", from which it claims to be made',
        ],
        missing: [
            setTo(stage, orders, "clientCertificateId", undefined),
            'clientCertificateId: found nothing; required the value of aws:apigateway/clientCertificate:ClientCertificate "edge-client-certificate", from which it claims to be made',
        ],
        unknown: [
            unknownAt(stage, orders, "clientCertificateId"),
            "clientCertificateId: found none (a value that is unknown until it is deployed); required an output of exactly one aws:apigateway/clientCertificate:ClientCertificate of this program",
        ],
    },
    "gateway-web-acl": {
        violating: [
            setTo(webAcl, undefined, "visibilityConfig.sampledRequestsEnabled", true),
            "visibilityConfig.sampledRequestsEnabled: found true; required false: samples show tokens",
        ],
        missing: [
            removed("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"),
            "logging: found 0 logging configurations; required exactly one whose resourceArn is the Web ACL's",
        ],
        unknown: [
            unknownAt(webAcl, undefined, "dataProtectionConfig"),
            "dataProtectionConfig.dataProtections: found a value that is unknown until it is deployed; required a list that is known at preview",
        ],
    },
    "rate-limit": {
        violating: [
            setTo("aws:apigateway/usagePlan:UsagePlan", "plans-warehouse", "throttleSettings.rateLimit", 500),
            'usage plan "plans-warehouse" throttleSettings.rateLimit: found 500; required at most 16.667 a second (or a shared plan, named in sharedPlans with a reason)',
        ],
        missing: [
            removed("aws:wafv2/webAclAssociation:WebAclAssociation", "orders-v2-web-acl"),
            "Web ACL: found no association; required exactly one WebAclAssociation whose resourceArn is the stage's arn",
        ],
        unknown: [
            unknownAt("aws:apigateway/usagePlan:UsagePlan", "plans-warehouse", "throttleSettings"),
            'usage plan "plans-warehouse" throttleSettings.rateLimit: found a value that is unknown until it is deployed; required at most 16.667 a second (or a shared plan, named in sharedPlans with a reason)',
            'usage plan "plans-warehouse" throttleSettings.burstLimit: found a value that is unknown until it is deployed; required at most 100 at once (or a shared plan, named in sharedPlans with a reason)',
        ],
    },
};
