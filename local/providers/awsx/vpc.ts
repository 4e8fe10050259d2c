import * as ec2 from "@pulumi/aws/ec2";
import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import { gateways } from "./gateways";
import type { Gateways } from "./gateways";
import { layOut } from "./layout";
import type { PlannedSubnet, SubnetSpec } from "./layout";
import { endpoints } from "./endpoints";
import type { VpcArgs } from "./vpcArgs";
import { vpcOwnArgs } from "./vpcArgs";

interface BuiltSubnet {
    readonly plan: PlannedSubnet;
    readonly subnet: ec2.Subnet;
    readonly routeTable: ec2.RouteTable;
    readonly association: ec2.RouteTableAssociation;
    readonly route: ec2.Route | undefined;
}

/** Public subnets come first within a zone, since they hold the NAT gateways that the others route to. */
const BUILD_ORDER = ["Public", "Private", "Isolated"];

/**
 * The stand-in for `awsx.ec2.Vpc`: the same children with the same names, parents and properties (read in
 * pulumi/pulumi-awsx, awsx/ec2/vpc.ts), so that URNs in local mode are those of a real deployment.
 */
export class Vpc extends ComponentResource {
    /** What the component's outputs are, by the SDK's names. */
    public readonly state: Record<string, unknown>;

    public constructor(
        name: string,
        args: VpcArgs,
        zones: readonly string[],
        options: ComponentResourceOptions,
    ) {
        super("awsx:ec2:Vpc", name, {}, options);
        const cidrBlock = args.cidrBlock ?? "10.0.0.0/16";
        const strategy = args.subnetStrategy ?? "Legacy";
        const specs = args.subnetSpecs;
        const plans = layOut({
            vpcName: name,
            cidrBlock,
            zones,
            specs,
            strategy,
            zoneMask: args.availabilityZoneCidrMask,
        });
        const nat = gateways(name, args, plans);
        const tags = { Name: name, ...args.tags };
        const vpc = new ec2.Vpc(name, { ...vpcOwnArgs(args), cidrBlock, tags }, { parent: this });
        const internet = new ec2.InternetGateway(
            name,
            { vpcId: vpc.id, tags },
            { parent: vpc, dependsOn: [vpc] },
        );
        endpoints(vpc, args);
        const subnets = zones.flatMap((zone, index) =>
            BUILD_ORDER.flatMap((type) =>
                plans.filter((plan) => plan.zone === zone && plan.type === type),
            ).map((plan) => this.createSubnet(plan, index, { vpc, internet, nat, tags })),
        );
        this.state = outputs(vpc, internet, nat, subnets, resolvedSpecs(plans));
        this.registerOutputs(this.state);
    }

    private createSubnet(
        plan: PlannedSubnet,
        zoneIndex: number,
        shared: { vpc: ec2.Vpc; internet: ec2.InternetGateway; nat: Gateways; tags: Record<string, unknown> },
    ): BuiltSubnet {
        const { vpc, internet, nat } = shared;
        const own = { Name: plan.name, SubnetType: plan.type };
        const subnet = new ec2.Subnet(
            plan.name,
            {
                vpcId: vpc.id,
                availabilityZone: plan.zone,
                mapPublicIpOnLaunch: plan.type === "Public",
                cidrBlock: plan.cidrBlock,
                tags: { ...shared.tags, ...specTags(plan), ...own },
            },
            { parent: vpc, dependsOn: [vpc] },
        );
        const routeTable = new ec2.RouteTable(
            plan.name,
            { vpcId: vpc.id, tags: { ...shared.tags, ...own } },
            { parent: subnet, dependsOn: [subnet] },
        );
        const association = new ec2.RouteTableAssociation(
            plan.name,
            { routeTableId: routeTable.id, subnetId: subnet.id },
            { parent: routeTable, dependsOn: [routeTable] },
        );
        if (plan.type === "Public") {
            nat.create(zoneIndex, subnet);
        }
        const target = plan.type === "Public" ? { gatewayId: internet.id } : nat.target(plan.type, zoneIndex);
        const route =
            target &&
            new ec2.Route(
                plan.name,
                { routeTableId: routeTable.id, destinationCidrBlock: "0.0.0.0/0", ...target },
                { parent: routeTable, dependsOn: [routeTable] },
            );
        return { plan, subnet, routeTable, association, route };
    }
}

function specTags({ spec }: PlannedSubnet): Record<string, string> {
    return (spec.tags ?? {}) as Record<string, string>;
}

/** The specs as they were laid out, sizes included: all zones are alike. */
function resolvedSpecs(plans: readonly PlannedSubnet[]): readonly SubnetSpec[] {
    return plans.filter(({ zone }) => zone === plans[0]?.zone).map(({ spec }) => spec);
}

function outputs(
    vpc: ec2.Vpc,
    internetGateway: ec2.InternetGateway,
    nat: Gateways,
    subnets: readonly BuiltSubnet[],
    specs: readonly SubnetSpec[],
): Record<string, unknown> {
    const ofType = (type: string): ec2.Subnet[] =>
        subnets.filter(({ plan }) => plan.type === type).map(({ subnet }) => subnet);
    const ids = (type: string): Output<string>[] => ofType(type).map(({ id }) => id);
    return {
        vpc,
        vpcId: vpc.id,
        internetGateway,
        natGateways: nat.gateways,
        eips: nat.addresses,
        subnets: subnets.map(({ subnet }) => subnet),
        publicSubnets: ofType("Public"),
        privateSubnets: ofType("Private"),
        isolatedSubnets: ofType("Isolated"),
        publicSubnetIds: ids("Public"),
        privateSubnetIds: ids("Private"),
        isolatedSubnetIds: ids("Isolated"),
        routeTables: subnets.map(({ routeTable }) => routeTable),
        routeTableAssociations: subnets.map(({ association }) => association),
        routes: subnets.flatMap(({ route }) => route ?? []),
        subnetLayout: specs,
        // The real component leaves this output empty (pulumi/pulumi-awsx issue 1194).
        vpcEndpoints: [],
    };
}
