import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { transformed, type Transform } from "../transform";

export interface InternalLoadBalancerArgs {
    /** Physical name. */
    readonly name: string;
    /** VPC of its security group. */
    readonly vpcId: pulumi.Input<string>;
    /** Subnets that it has an address in: private ones. */
    readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Whether AWS refuses to delete it. */
    readonly protect: boolean;
    readonly transform?: Transform<lb.LoadBalancerArgs> | undefined;
}

export interface InternalLoadBalancerNodes {
    readonly loadBalancer: lb.LoadBalancer;
    readonly group: ec2.SecurityGroup;
}

/** A network load balancer, with a security group from the first day: one made without can never get one. */
export function createInternalLoadBalancer(
    name: string,
    args: InternalLoadBalancerArgs,
    opts: pulumi.CustomResourceOptions,
): InternalLoadBalancerNodes {
    const group = new ec2.SecurityGroup(
        `${name}-load-balancer`,
        { vpcId: args.vpcId, description: "Load balancer of the mesh ingress: from API Gateway only" },
        opts,
    );
    const loadBalancer = new lb.LoadBalancer(
        name,
        transformed(
            {
                name: args.name,
                loadBalancerType: "network",
                internal: true,
                subnets: args.subnetIds,
                securityGroups: [group.id],
                enableCrossZoneLoadBalancing: true,
                enableDeletionProtection: args.protect,
            },
            args.transform,
        ),
        opts,
    );
    return { loadBalancer, group };
}

/**
 * The load balancer behind API Gateway's VPC link, where it is there before the ingress is: integrations name it, so it stays through
 * every phase of the migration. Stacks deployed before had it below the `MeshIngress` of the same name, and keep it.
 */
export class InternalLoadBalancer extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;
    readonly securityGroupId: pulumi.Output<string>;
    readonly nodes: InternalLoadBalancerNodes;

    constructor(name: string, args: InternalLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:network:InternalLoadBalancer", name, {}, opts);
        this.nodes = createInternalLoadBalancer(name, args, {
            parent: this,
            aliases: [{ parent: pulumi.createUrn(name, "shop:mesh:MeshIngress") }],
        });
        this.arn = this.nodes.loadBalancer.arn;
        this.securityGroupId = this.nodes.group.id;
        this.registerOutputs({ arn: this.arn, securityGroupId: this.securityGroupId });
    }
}
