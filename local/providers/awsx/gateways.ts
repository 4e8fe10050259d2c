import * as ec2 from "@pulumi/aws/ec2";
import type { Output } from "@pulumi/pulumi";
import type { PlannedSubnet, SubnetType } from "./layout";
import type { VpcArgs } from "./vpcArgs";

/** The NAT gateways of a VPC as its subnets come into being. */
export interface Gateways {
    readonly gateways: ec2.NatGateway[];
    readonly addresses: ec2.Eip[];
    /** Puts a gateway into the zone's public subnet where the strategy wants one. */
    create(zoneIndex: number, subnet: ec2.Subnet): void;
    /** Where a subnet of the type sends what leaves the VPC; undefined for no route. */
    target(type: SubnetType, zoneIndex: number): { natGatewayId: Output<string> } | undefined;
}

/** @throws where the strategy does not fit the subnets or the addresses given. */
export function gateways(name: string, args: VpcArgs, plans: readonly PlannedSubnet[]): Gateways {
    const strategy = args.natGateways?.strategy ?? "OnePerAz";
    const allocations = args.natGateways?.elasticIpAllocationIds ?? [];
    const zones = new Set(plans.map(({ zone }) => zone)).size;
    const types = new Set(plans.map(({ type }) => type));
    if (strategy !== "None" && !(types.has("Public") && types.has("Private"))) {
        throw new Error(
            `natGateways.strategy is "${strategy}", but there are no ${types.has("Public") ? "private" : "public"} ` +
                `subnets; use "None".`,
        );
    }
    const wanted = { None: 0, Single: 1, OnePerAz: zones }[strategy];
    if (allocations.length > 0 && allocations.length !== wanted) {
        throw new Error(
            `natGateways.elasticIpAllocationIds has ${allocations.length} entries; strategy "${strategy}" wants ${wanted}.`,
        );
    }
    const created: ec2.NatGateway[] = [];
    const addresses: ec2.Eip[] = [];
    return {
        gateways: created,
        addresses,
        create(zoneIndex, subnet) {
            if (created.length >= Math.min(wanted, zoneIndex + 1)) {
                return;
            }
            const child = `${name}-${zoneIndex + 1}`;
            const options = { parent: subnet, dependsOn: [subnet] };
            const tags = { ...args.tags, Name: child };
            const given = allocations[created.length];
            const address = given === undefined ? new ec2.Eip(child, { tags }, options) : undefined;
            if (address !== undefined) {
                addresses.push(address);
            }
            const allocationId = address?.allocationId ?? given;
            created.push(
                new ec2.NatGateway(
                    child,
                    { subnetId: subnet.id, ...(allocationId ? { allocationId } : {}), tags },
                    options,
                ),
            );
        },
        target(type, zoneIndex) {
            const gateway = strategy === "Single" ? created[0] : created[zoneIndex];
            return type === "Private" && gateway !== undefined ? { natGatewayId: gateway.id } : undefined;
        },
    };
}
