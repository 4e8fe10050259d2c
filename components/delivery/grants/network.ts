import { arn, hasTag, newWithTag, type Grant, type Scope } from "../scope";

const made = ["vpc", "subnet", "route-table", "internet-gateway", "security-group", "vpc-endpoint"];
const creations = [
    "CreateVpc",
    "CreateSubnet",
    "CreateRouteTable",
    "CreateInternetGateway",
    "CreateSecurityGroup",
    "CreateVpcEndpoint",
];
const types = [
    "aws:ec2/vpc:Vpc",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/routeTable:RouteTable",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "aws:ec2/route:Route",
    "aws:ec2/internetGateway:InternetGateway",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

/** Networks have ids that nobody can know beforehand: they are told apart by the stack's tag, which EC2 sets while it creates them. */
export function networkGrants(scope: Scope): readonly Grant[] {
    const ec2 = (...kinds: readonly string[]): readonly string[] =>
        kinds.map((kind) => arn(scope, "ec2", `${kind}/*`));
    return [
        { types, read: describe, on: "everything" },
        {
            types,
            write: creations.map((name) => `ec2:${name}`),
            on: ec2(...made),
            condition: newWithTag(scope),
        },
        {
            types: ["aws:ec2/vpc:Vpc"],
            read: ["ec2:DescribeVpcAttribute"],
            on: ec2("vpc"),
            condition: hasTag(scope),
        },
        {
            types,
            // Only while something is created: nobody can tag what others own, and then claim it.
            write: ["ec2:CreateTags"],
            on: ec2(...made, "security-group-rule"),
            condition: {
                StringEquals: {
                    ...newWithTag(scope).StringEquals,
                    "ec2:CreateAction": [
                        ...creations,
                        "AuthorizeSecurityGroupEgress",
                        "AuthorizeSecurityGroupIngress",
                    ],
                },
            },
        },
        { types, write: changes, on: ec2(...made), condition: hasTag(scope) },
        {
            types: types.filter((type) => type.startsWith("aws:vpc/")),
            // A rule has no tag before it exists; the group that it joins has, and is asked too.
            write: ["ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"],
            on: ec2("security-group-rule"),
            condition: newWithTag(scope),
        },
        {
            types: types.filter((type) => type.startsWith("aws:vpc/")),
            write: ["ec2:ModifySecurityGroupRules"],
            on: ec2("security-group-rule"),
            condition: hasTag(scope),
        },
        {
            types: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
            // The private DNS name of an endpoint lives in a zone of AWS's own.
            write: ["route53:AssociateVPCWithHostedZone"],
            on: ["arn:aws:route53:::hostedzone/*"],
        },
    ];
}

const describe = [
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeInternetGateways",
    "ec2:DescribeManagedPrefixLists",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribePrefixLists",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcEndpoints",
    "ec2:DescribeVpcs",
];

const changes = [
    "ec2:AssociateRouteTable",
    "ec2:AttachInternetGateway",
    "ec2:AuthorizeSecurityGroupEgress",
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:CreateRoute",
    "ec2:DeleteInternetGateway",
    "ec2:DeleteRoute",
    "ec2:DeleteRouteTable",
    "ec2:DeleteSecurityGroup",
    "ec2:DeleteSubnet",
    "ec2:DeleteVpc",
    "ec2:DeleteVpcEndpoints",
    "ec2:DetachInternetGateway",
    "ec2:DisassociateRouteTable",
    "ec2:ModifySecurityGroupRules",
    "ec2:ModifySubnetAttribute",
    "ec2:ModifyVpcAttribute",
    "ec2:ModifyVpcEndpoint",
    "ec2:RevokeSecurityGroupEgress",
    "ec2:RevokeSecurityGroupIngress",
];
