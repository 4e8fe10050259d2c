import { createHash } from "node:crypto";
import * as apigateway from "@pulumi/aws/apigateway";
import * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import type { ApiBackend, ExternalApiTransform, StageThrottle } from "./apiArgs";
import type { Edge } from "./edge";
import { createAccessLogs, createExecutionLogs, createMethodSettings, createStage } from "./createApiStage";
import { fillTemplate } from "./openapi/placeholders";
import { restApiName } from "./physicalNames";
import type { ResolvedVersion } from "./resolveVersion";

export interface ApiVersionArgs {
    readonly edge: Edge;
    readonly api: string;
    readonly resolved: ResolvedVersion;
    readonly backend: ApiBackend;
    readonly throttle: StageThrottle;
    readonly transform: ExternalApiTransform;
}

/** What one version of an API consists of. */
export interface ApiVersionNodes {
    readonly restApi: apigateway.RestApi;
    readonly deployment: apigateway.Deployment;
    readonly accessLogs: cloudwatch.LogGroup;
    readonly executionLogs: cloudwatch.LogGroup;
    readonly stage: apigateway.Stage;
    readonly methodSettings: apigateway.MethodSettings;
    readonly webAclAssociation: wafv2.WebAclAssociation;
    readonly apiMapping: apigatewayv2.ApiMapping;
}

/** Responses below this size are not compressed. */
const minimumCompressionBytes = 1024;

/** Creates one version: an API of its own, so that versions are deployed, throttled and retired apart. */
export function createApiVersion(
    name: string,
    args: ApiVersionArgs,
    parent: pulumi.Resource,
): ApiVersionNodes {
    const restApi = createRestApi(name, args, parent);
    const deployment = createDeployment(name, restApi, args, parent);
    const accessLogs = createAccessLogs(name, args, parent);
    const executionLogs = createExecutionLogs(name, restApi, args, parent);
    const stage = createStage(name, { restApi, deployment, accessLogs, executionLogs }, args, parent);
    const methodSettings = createMethodSettings(name, restApi, stage, args, parent);
    const { edge, resolved, transform } = args;
    const webAclAssociation = new wafv2.WebAclAssociation(
        `${name}-web-acl`,
        transformed({ resourceArn: stage.arn, webAclArn: edge.webAclArn }, transform.webAclAssociation),
        { parent },
    );
    const mapping: apigatewayv2.ApiMappingArgs = {
        apiId: restApi.id,
        apiMappingKey: resolved.mappingKey,
        domainName: edge.domainName,
        stage: stage.stageName,
    };
    const apiMapping = new apigatewayv2.ApiMapping(
        `${name}-mapping`,
        transformed(mapping, transform.apiMapping),
        {
            parent,
            // A stage that can be reached has its limits.
            dependsOn: [webAclAssociation, methodSettings],
        },
    );
    return {
        restApi,
        deployment,
        accessLogs,
        executionLogs,
        stage,
        methodSettings,
        webAclAssociation,
        apiMapping,
    };
}

function createRestApi(name: string, args: ApiVersionArgs, parent: pulumi.Resource): apigateway.RestApi {
    const { api, backend, edge, resolved, transform } = args;
    const body = pulumi
        .all([backend.loadBalancerArn, edge.userPoolArn ?? ""])
        .apply(([integrationTarget, userPoolArn]) =>
            fillTemplate(resolved.template, { integrationTarget, userPoolArn }),
        );
    const restApi: apigateway.RestApiArgs = {
        name: restApiName(edge.placement.prefix, api, resolved.version),
        description: resolved.contract.title,
        apiKeySource: "HEADER",
        body,
        disableExecuteApiEndpoint: true,
        endpointConfiguration: { types: "REGIONAL" },
        minimumCompressionSize: String(minimumCompressionBytes),
    };
    return new apigateway.RestApi(name, transformed(restApi, transform.restApi), {
        parent,
        protect: edge.placement.protect,
        dependsOn: [...(backend.ready ?? [])],
    });
}

/** A snapshot of the body; a changed body makes a new one, and the old one goes when the stage has moved on. */
function createDeployment(
    name: string,
    restApi: apigateway.RestApi,
    { transform }: ApiVersionArgs,
    parent: pulumi.Resource,
): apigateway.Deployment {
    const digest = restApi.body.apply((body) =>
        createHash("sha256")
            .update(body ?? "")
            .digest("hex"),
    );
    const deployment: apigateway.DeploymentArgs = { restApi: restApi.id, triggers: { body: digest } };
    return new apigateway.Deployment(`${name}-deployment`, transformed(deployment, transform.deployment), {
        parent,
    });
}
