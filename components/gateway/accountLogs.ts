import * as apigateway from "@pulumi/aws/apigateway";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { assumableBy } from "../iam";
import type { Placement } from "../placement";

/**
 * The one role in a region with which API Gateway writes all APIs' logs. A stage with logs is refused until it is set.
 * Source: API Gateway, "Set up CloudWatch logging for REST APIs".
 */
export function createAccountLogs(
    name: string,
    placement: Placement,
    opts: pulumi.CustomResourceOptions,
): apigateway.Account {
    const { accountId, partition, permissionsBoundaryArn } = placement;
    const role = new iam.Role(
        `${name}-logs-role`,
        {
            description: "API Gateway writes its logs",
            assumeRolePolicy: assumableBy("apigateway.amazonaws.com", accountId),
            ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: permissionsBoundaryArn }),
        },
        opts,
    );
    const policy = new iam.RolePolicyAttachment(
        `${name}-logs-policy`,
        {
            role: role.name,
            policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
        },
        opts,
    );
    return new apigateway.Account(
        `${name}-account`,
        { cloudwatchRoleArn: role.arn },
        { ...opts, dependsOn: [policy] },
    );
}
