import * as ec2 from "@pulumi/aws/ec2";
import type { VpcArgs } from "./vpcArgs";

/** The endpoints asked for, each named after its service as in the real component; nothing is filled in. */
export function endpoints(vpc: ec2.Vpc, { vpcEndpointSpecs = [] }: VpcArgs): void {
    for (const spec of vpcEndpointSpecs) {
        new ec2.VpcEndpoint(spec.serviceName, { ...spec, vpcId: vpc.id }, { parent: vpc, dependsOn: [vpc] });
    }
}
