import * as apigateway from "@pulumi/aws/apigateway";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { assumableBy } from "../iam";
import type { Placement } from "../placement";
import { transformed, type Transform } from "../transform";

export interface AccountLogsTransform {
    readonly logsRole?: Transform<iam.RoleArgs>;
    readonly logsPolicy?: Transform<iam.RolePolicyAttachmentArgs>;
    readonly account?: Transform<apigateway.AccountArgs>;
}

export interface AccountLogs {
    readonly role: iam.Role;
    readonly policy: iam.RolePolicyAttachment;
    readonly account: apigateway.Account;
}

/**
 * The one role in a region with which API Gateway writes all APIs' logs. A stage with logs is refused until it is set.
 * Source: API Gateway, "Set up CloudWatch logging for REST APIs".
 */
export function createAccountLogs(
    name: string,
    { accountId, partition, permissionsBoundaryArn }: Placement,
    transform: AccountLogsTransform,
    opts: pulumi.CustomResourceOptions,
): AccountLogs {
    const roleArgs: iam.RoleArgs = {
        description: "API Gateway writes its logs",
        assumeRolePolicy: assumableBy("apigateway.amazonaws.com", accountId),
        ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: permissionsBoundaryArn }),
    };
    const role = new iam.Role(`${name}-logs-role`, transformed(roleArgs, transform.logsRole), opts);
    const policyArgs: iam.RolePolicyAttachmentArgs = {
        role: role.name,
        policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
    };
    const policy = new iam.RolePolicyAttachment(
        `${name}-logs-policy`,
        transformed(policyArgs, transform.logsPolicy),
        opts,
    );
    const account = new apigateway.Account(
        `${name}-account`,
        transformed<apigateway.AccountArgs>({ cloudwatchRoleArn: role.arn }, transform.account),
        { ...opts, dependsOn: [policy] },
    );
    return { role, policy, account };
}
