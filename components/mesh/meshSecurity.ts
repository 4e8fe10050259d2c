import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";

/** A VPC for the members; a `Network` is one. */
export interface MeshNetwork {
    /** Id of the VPC. */
    readonly vpcId: pulumi.Input<string>;
    /** Subnets of the tasks. */
    readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Security group of the interface endpoints that tasks use. */
    readonly endpointSecurityGroupId: pulumi.Input<string>;
    /** Prefix list of S3 in the region, from which image layers are read. */
    readonly s3PrefixListId: pulumi.Input<string>;
}

/**
 * The members' security group: the proxies' one port, from members only; out to members and to the AWS endpoints that a task needs.
 * DNS needs no rule: security groups do not filter the VPC's own resolver.
 */
export function createMembersGroup(
    name: string,
    network: MeshNetwork,
    /** On which members take each other's requests; nothing while they have no proxies. */
    port: number | undefined,
    opts: pulumi.CustomResourceOptions,
): ec2.SecurityGroup {
    const members = new ec2.SecurityGroup(
        `${name}-members`,
        { vpcId: network.vpcId, description: "Members of the mesh: mTLS on one port" },
        opts,
    );
    const tcp = (number: number): { ipProtocol: string; fromPort: number; toPort: number } => ({
        ipProtocol: "tcp",
        fromPort: number,
        toPort: number,
    });
    if (port !== undefined) {
        new vpc.SecurityGroupIngressRule(
            `${name}-members-in`,
            {
                securityGroupId: members.id,
                referencedSecurityGroupId: members.id,
                description: "mTLS from members",
                ...tcp(port),
            },
            opts,
        );
        new vpc.SecurityGroupEgressRule(
            `${name}-members-out`,
            {
                securityGroupId: members.id,
                referencedSecurityGroupId: members.id,
                description: "mTLS to members",
                ...tcp(port),
            },
            opts,
        );
    }
    new vpc.SecurityGroupEgressRule(
        `${name}-members-endpoints`,
        {
            securityGroupId: members.id,
            referencedSecurityGroupId: network.endpointSecurityGroupId,
            description: "AWS service endpoints",
            ...tcp(443),
        },
        opts,
    );
    new vpc.SecurityGroupEgressRule(
        `${name}-members-s3`,
        {
            securityGroupId: members.id,
            prefixListId: network.s3PrefixListId,
            description: "Image layers from S3",
            ...tcp(443),
        },
        opts,
    );
    new vpc.SecurityGroupIngressRule(
        `${name}-endpoints-members`,
        {
            securityGroupId: network.endpointSecurityGroupId,
            referencedSecurityGroupId: members.id,
            description: "HTTPS from members of the mesh",
            ...tcp(443),
        },
        opts,
    );
    return members;
}
