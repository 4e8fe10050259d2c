import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { openStep } from "../network/openStep";

/** Port on which API Gateway's VPC link reaches the load balancer. */
export const gatewayPort = 443;

export interface IngressPath {
    readonly vpcId: pulumi.Input<string>;
    /** Security group of API Gateway's VPC link. */
    readonly gatewayGroupId: pulumi.Input<string>;
    readonly loadBalancerGroupId: pulumi.Input<string>;
    /** On which the ingress's proxies listen. */
    readonly port: number;
}

/** VPC link → load balancer → ingress tasks: each step open to the one before it, on one port. Returns the tasks' group. */
export function createIngressGroup(
    name: string,
    { vpcId, gatewayGroupId, loadBalancerGroupId, port }: IngressPath,
    opts: pulumi.CustomResourceOptions,
): ec2.SecurityGroup {
    const description = "Ingress proxies: from their load balancer only";
    const tasks = new ec2.SecurityGroup(`${name}-tasks`, { vpcId, description }, opts);
    const steps = {
        "from-gateway": { from: gatewayGroupId, to: loadBalancerGroupId, port: gatewayPort },
        "from-load-balancer": { from: loadBalancerGroupId, to: tasks.id, port },
    };
    for (const [role, step] of Object.entries(steps)) {
        openStep(`${name}-${role}`, { ...step, carries: "TLS" }, opts);
    }
    return tasks;
}
