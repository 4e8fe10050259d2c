import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";

export interface Step {
    readonly from: pulumi.Input<string>;
    readonly to: pulumi.Input<string>;
    readonly port: number;
    /** What passes, for the rules' descriptions. */
    readonly carries: string;
}

/** Lets one security group reach another on one port: out of the one and into the other. */
export function openStep(
    name: string,
    { from, to, port, carries }: Step,
    opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
    const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port };
    return [
        new vpc.SecurityGroupEgressRule(
            `${name}-out`,
            {
                securityGroupId: from,
                referencedSecurityGroupId: to,
                description: `${carries} to the next hop`,
                ...tcp,
            },
            opts,
        ),
        new vpc.SecurityGroupIngressRule(
            `${name}-in`,
            {
                securityGroupId: to,
                referencedSecurityGroupId: from,
                description: `${carries} from the hop before`,
                ...tcp,
            },
            opts,
        ),
    ];
}
