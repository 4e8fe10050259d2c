import * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import type { ApiEdgeArgs } from "./edgeArgs";

export interface VpcLinkNodes {
    readonly vpcLink: apigatewayv2.VpcLink;
    readonly vpcLinkSecurityGroup: ec2.SecurityGroup;
}

/** The security group is without rules: nothing may be reached until the ingress, which knows its load balancer, adds one. */
export function createVpcLink(
    name: string,
    { network, placement, transform }: ApiEdgeArgs,
    opts: pulumi.CustomResourceOptions,
): VpcLinkNodes {
    const group: ec2.SecurityGroupArgs = {
        vpcId: network.vpcId,
        description: "API Gateway's VPC link: to the mesh ingress only",
    };
    const vpcLinkSecurityGroup = new ec2.SecurityGroup(
        `${name}-vpc-link-group`,
        transformed(group, transform?.vpcLinkSecurityGroup),
        opts,
    );
    const link: apigatewayv2.VpcLinkArgs = {
        name: placement.prefix,
        subnetIds: network.privateSubnetIds,
        securityGroupIds: [vpcLinkSecurityGroup.id],
    };
    const vpcLink = new apigatewayv2.VpcLink(`${name}-vpc-link`, transformed(link, transform?.vpcLink), opts);
    return { vpcLink, vpcLinkSecurityGroup };
}
