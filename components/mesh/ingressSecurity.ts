import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { meshPort } from "../model/ports";

/** Port on which API Gateway's VPC link reaches the load balancer. */
export const gatewayPort = 443;

export interface IngressPath {
    readonly vpcId: pulumi.Input<string>;
    /** Security group of API Gateway's VPC link. */
    readonly gatewayGroupId: pulumi.Input<string>;
}

export interface IngressGroups {
    readonly loadBalancer: ec2.SecurityGroup;
    readonly tasks: ec2.SecurityGroup;
}

/** VPC link → load balancer → ingress tasks: each step open to the one before it, on one port. */
export function createIngressGroups(
    name: string,
    path: IngressPath,
    opts: pulumi.CustomResourceOptions,
): IngressGroups {
    const group = (role: string, description: string): ec2.SecurityGroup =>
        new ec2.SecurityGroup(`${name}-${role}`, { vpcId: path.vpcId, description }, opts);
    const loadBalancer = group("load-balancer", "Load balancer of the mesh ingress: from API Gateway only");
    const tasks = group("tasks", "Ingress proxies: from their load balancer only");
    openStep(`${name}-from-gateway`, path.gatewayGroupId, loadBalancer.id, gatewayPort, opts);
    openStep(`${name}-from-load-balancer`, loadBalancer.id, tasks.id, meshPort, opts);
    return { loadBalancer, tasks };
}

/** Lets one group reach another on one port: out of the one and into the other. */
export function openStep(
    name: string,
    from: pulumi.Input<string>,
    to: pulumi.Input<string>,
    port: number,
    opts: pulumi.CustomResourceOptions,
): void {
    const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port };
    new vpc.SecurityGroupEgressRule(
        `${name}-out`,
        { securityGroupId: from, referencedSecurityGroupId: to, description: "TLS to the next hop", ...tcp },
        opts,
    );
    new vpc.SecurityGroupIngressRule(
        `${name}-in`,
        {
            securityGroupId: to,
            referencedSecurityGroupId: from,
            description: "TLS from the hop before",
            ...tcp,
        },
        opts,
    );
}
