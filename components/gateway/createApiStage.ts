import * as apigateway from "@pulumi/aws/apigateway";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import { accessLogFormat } from "./accessLog";
import type { ApiVersionArgs, ApiVersionNodes } from "./createApiVersion";
import { vpcLinkVariable } from "./openapi/integration";
import { accessLogGroup } from "./physicalNames";

export function createAccessLogs(
    name: string,
    args: ApiVersionArgs,
    parent: pulumi.Resource,
): cloudwatch.LogGroup {
    const { api, edge, resolved, transform } = args;
    const { kmsKeyArn, logRetentionDays, prefix } = edge.placement;
    const logs: cloudwatch.LogGroupArgs = {
        name: accessLogGroup(prefix, api, resolved.version),
        retentionInDays: logRetentionDays,
        kmsKeyId: kmsKeyArn,
    };
    return new cloudwatch.LogGroup(`${name}-access-logs`, transformed(logs, transform.accessLogs), {
        parent,
    });
}

/** API Gateway would create this group by itself, without key and never expiring. The name is its own. */
export function createExecutionLogs(
    name: string,
    restApi: apigateway.RestApi,
    { edge, resolved, transform }: ApiVersionArgs,
    parent: pulumi.Resource,
): cloudwatch.LogGroup {
    const { kmsKeyArn, logRetentionDays } = edge.placement;
    const logs: cloudwatch.LogGroupArgs = {
        name: pulumi.interpolate`API-Gateway-Execution-Logs_${restApi.id}/${resolved.version}`,
        retentionInDays: logRetentionDays,
        kmsKeyId: kmsKeyArn,
    };
    return new cloudwatch.LogGroup(`${name}-execution-logs`, transformed(logs, transform.executionLogs), {
        parent,
    });
}

export function createStage(
    name: string,
    nodes: Pick<ApiVersionNodes, "restApi" | "deployment" | "accessLogs" | "executionLogs">,
    { api, edge, resolved, transform }: ApiVersionArgs,
    parent: pulumi.Resource,
): apigateway.Stage {
    const stage: apigateway.StageArgs = {
        restApi: nodes.restApi.id,
        deployment: nodes.deployment.id,
        stageName: resolved.version,
        description: `${resolved.contract.title}, contract ${resolved.contract.version}`,
        accessLogSettings: {
            destinationArn: nodes.accessLogs.arn,
            format: accessLogFormat(api, resolved.version),
        },
        clientCertificateId: edge.clientCertificateId,
        variables: { [vpcLinkVariable]: edge.vpcLinkId },
        xrayTracingEnabled: true,
    };
    return new apigateway.Stage(`${name}-stage`, transformed(stage, transform.stage), {
        parent,
        dependsOn: [nodes.executionLogs, ...edge.logsReady],
    });
}

/** All methods: metrics of their own, errors logged without bodies or headers, and the stage's throttle. */
export function createMethodSettings(
    name: string,
    restApi: apigateway.RestApi,
    stage: apigateway.Stage,
    { throttle, transform }: ApiVersionArgs,
    parent: pulumi.Resource,
): apigateway.MethodSettings {
    const settings: apigateway.MethodSettingsArgs = {
        restApi: restApi.id,
        stageName: stage.stageName,
        methodPath: "*/*",
        settings: {
            metricsEnabled: true,
            loggingLevel: "ERROR",
            dataTraceEnabled: false,
            throttlingRateLimit: throttle.ratePerSecond,
            throttlingBurstLimit: throttle.burst,
        },
    };
    return new apigateway.MethodSettings(`${name}-methods`, transformed(settings, transform.methodSettings), {
        parent,
    });
}
