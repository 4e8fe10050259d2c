/*
 * VPCs, subnets and routing. What replaces them: the Terraform AWS provider's schemas that @pulumi/aws is made from
 * (ForceNew in hashicorp/terraform-provider-aws, internal/service/ec2/vpc_*.go), which follow the EC2 API: it has no
 * call that changes these properties.
 */
import type { Table } from "../../table/emulation";
import { account, arnOfId, ec2Id } from "../forms";

export const vpcNetwork: Table = {
    "aws:ec2/vpc:Vpc": {
        id: ec2Id("vpc"),
        outputs: {
            arn: arnOfId("ec2", "vpc/"),
            cidrBlock: () => "10.0.0.0/16",
            defaultNetworkAclId: (r) => `acl-0${r.hex(16, "acl")}`,
            defaultRouteTableId: (r) => `rtb-0${r.hex(16, "main")}`,
            defaultSecurityGroupId: (r) => `sg-0${r.hex(16, "default")}`,
            dhcpOptionsId: (r) => `dopt-0${r.hex(16, "dopt")}`,
            mainRouteTableId: (r) => `rtb-0${r.hex(16, "main")}`,
            ownerId: account,
        },
        defaults: { enableDnsSupport: true, instanceTenancy: "default" },
        replaces: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    },
    "aws:ec2/subnet:Subnet": {
        id: ec2Id("subnet"),
        outputs: {
            arn: arnOfId("ec2", "subnet/"),
            availabilityZone: (r) => `${r.region}a`,
            availabilityZoneId: (r) => `${r.region}-az1`,
            ownerId: account,
        },
        replaces: [
            "vpcId",
            "cidrBlock",
            "availabilityZone",
            "availabilityZoneId",
            "ipv4IpamPoolId",
            "ipv4NetmaskLength",
            "ipv6IpamPoolId",
            "ipv6Native",
            "ipv6NetmaskLength",
            "outpostArn",
        ],
    },
    "aws:ec2/routeTable:RouteTable": {
        id: ec2Id("rtb"),
        outputs: { arn: arnOfId("ec2", "route-table/"), ownerId: account, routes: () => [] },
        replaces: ["vpcId"],
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
        id: ec2Id("rtbassoc"),
        outputs: {},
        // The association itself moves to another table (ReplaceRouteTableAssociation), unlike CloudFormation's.
        replaces: ["subnetId", "gatewayId"],
    },
    "aws:ec2/internetGateway:InternetGateway": {
        id: ec2Id("igw"),
        outputs: { arn: arnOfId("ec2", "internet-gateway/"), ownerId: account },
        // Detached from one VPC and attached to another in place.
        replaces: [],
    },
    "aws:ec2/natGateway:NatGateway": {
        id: ec2Id("nat"),
        outputs: {
            associationId: (r) => `eipassoc-0${r.hex(16, "association")}`,
            networkInterfaceId: (r) => `eni-0${r.hex(16, "interface")}`,
            privateIp: (r) => `10.0.0.${(parseInt(r.hex(2), 16) % 200) + 20}`,
            publicIp: (r) => documentationIp(r.hex(2)),
        },
        replaces: ["allocationId", "availabilityMode", "connectivityType", "privateIp", "subnetId", "vpcId"],
    },
    "aws:ec2/eip:Eip": {
        id: ec2Id("eipalloc"),
        outputs: {
            allocationId: (r) => r.id,
            arn: arnOfId("ec2", "elastic-ip/"),
            domain: () => "vpc",
            publicIp: (r) => documentationIp(r.hex(2)),
            publicDns: (r) =>
                `ec2-${documentationIp(r.hex(2)).replaceAll(".", "-")}.${r.region}.compute.amazonaws.com`,
        },
        replaces: [
            "address",
            "domain",
            "ipamPoolId",
            "networkBorderGroup",
            "publicIpv4Pool",
            "customerOwnedIpv4Pool",
        ],
    },
    "aws:ec2/route:Route": {
        id: (r) => `r-${r.text("routeTableId")}${parseInt(r.hex(8), 16)}`,
        outputs: { origin: () => "CreateRoute", state: () => "active" },
        replaces: [
            "routeTableId",
            "destinationCidrBlock",
            "destinationIpv6CidrBlock",
            "destinationPrefixListId",
        ],
    },
};

/** An address of the range that RFC 5737 keeps for examples, so that nobody's machine is ever named. */
function documentationIp(hex: string): string {
    return `203.0.113.${parseInt(hex, 16)}`;
}
