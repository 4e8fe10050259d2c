import * as ec2 from "@pulumi/aws/ec2";
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { rejectIssues } from "../reject";
import { checkNetwork } from "./checkNetwork";

/** A VPC that exists, with what a mesh in it needs. */
export interface ExistingNetwork {
    /** Id of the VPC. */
    readonly vpcId: pulumi.Input<string>;
    /** At least two, in different zones. */
    readonly privateSubnetIds: readonly pulumi.Input<string>[];
    /** Security group of the interface endpoints that tasks use (see `interfaceServices`). */
    readonly endpointSecurityGroupId: pulumi.Input<string>;
    /** Prefix list of S3 in the region, from which image layers are read. */
    readonly s3PrefixListId: pulumi.Input<string>;
}

export interface NetworkArgs {
    /** Region of the endpoints, for example `eu-central-1`. */
    readonly region: string;
    /** Bring a VPC instead of having one made. */
    readonly existing?: ExistingNetwork;
    /** Addresses of a new VPC. @default "10.20.0.0/16" */
    readonly cidrBlock?: string;
    /** Availability zones of a new VPC, 2 to 6. @default 2 */
    readonly zones?: number;
    /** AWS services that tasks reach besides `interfaceServices`; a VPC that is brought has an endpoint for each already. @default none */
    readonly endpoints?: readonly string[];
}

/** AWS services that a task without a route to the internet reaches through interface endpoints. */
export const interfaceServices = [
    "ecr.api",
    "ecr.dkr",
    "kms",
    "logs",
    "secretsmanager",
    "ssm",
    "xray",
] as const;

/**
 * A VPC without a way out: tasks reach each other and AWS's endpoints, nothing else. The gateway enters through its VPC link.
 */
export class Network extends pulumi.ComponentResource {
    readonly vpcId: pulumi.Output<string>;
    readonly privateSubnetIds: pulumi.Output<string[]>;
    readonly endpointSecurityGroupId: pulumi.Output<string>;
    readonly s3PrefixListId: pulumi.Output<string>;

    constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:network:Network", name, {}, opts);
        rejectIssues("Network", name, checkNetwork(args), this);
        const network = args.existing ?? this.createNetwork(name, args);
        this.vpcId = pulumi.output(network.vpcId);
        this.privateSubnetIds = pulumi.output(network.privateSubnetIds).apply((ids) => [...ids]);
        this.endpointSecurityGroupId = pulumi.output(network.endpointSecurityGroupId);
        this.s3PrefixListId = pulumi.output(network.s3PrefixListId);
        this.registerOutputs({
            vpcId: this.vpcId,
            privateSubnetIds: this.privateSubnetIds,
            endpointSecurityGroupId: this.endpointSecurityGroupId,
            s3PrefixListId: this.s3PrefixListId,
        });
    }

    private createNetwork(name: string, args: NetworkArgs): NetworkOutputs {
        const { cidrBlock = "10.20.0.0/16", zones = 2, region } = args;
        const network = new awsx.Vpc(
            name,
            {
                cidrBlock,
                numberOfAvailabilityZones: zones,
                enableDnsHostnames: true,
                enableDnsSupport: true,
                natGateways: { strategy: "None" },
                subnetStrategy: "Auto",
                subnetSpecs: [{ type: "Isolated", name: "services", cidrMask: 20 }],
            },
            { parent: this },
        );
        const endpoints = this.createInterfaceEndpoints(name, network, region, args.endpoints ?? []);
        const s3 = new ec2.VpcEndpoint(
            `${name}-s3`,
            {
                vpcId: network.vpcId,
                vpcEndpointType: "Gateway",
                serviceName: `com.amazonaws.${region}.s3`,
                routeTableIds: network.routeTables.apply((tables) => tables.map(({ id }) => id)),
            },
            { parent: this },
        );
        return {
            vpcId: network.vpcId,
            privateSubnetIds: network.isolatedSubnetIds,
            endpointSecurityGroupId: endpoints.id,
            s3PrefixListId: s3.prefixListId,
        };
    }

    private createInterfaceEndpoints(
        name: string,
        network: awsx.Vpc,
        region: string,
        more: readonly string[],
    ): ec2.SecurityGroup {
        const group = new ec2.SecurityGroup(
            `${name}-endpoints`,
            { vpcId: network.vpcId, description: "AWS service endpoints; the mesh lets its members in" },
            { parent: this },
        );
        for (const service of [...interfaceServices, ...more]) {
            new ec2.VpcEndpoint(
                `${name}-${service.replace(".", "-")}`,
                {
                    vpcId: network.vpcId,
                    vpcEndpointType: "Interface",
                    serviceName: `com.amazonaws.${region}.${service}`,
                    subnetIds: network.isolatedSubnetIds,
                    securityGroupIds: [group.id],
                    privateDnsEnabled: true,
                },
                { parent: this },
            );
        }
        return group;
    }
}

interface NetworkOutputs {
    readonly vpcId: pulumi.Output<string>;
    readonly privateSubnetIds: pulumi.Output<string[]>;
    readonly endpointSecurityGroupId: pulumi.Output<string>;
    readonly s3PrefixListId: pulumi.Output<string>;
}
