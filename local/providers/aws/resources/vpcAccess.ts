/*
 * Security groups, their rules and VPC endpoints. Replacements: ForceNew in hashicorp/terraform-provider-aws,
 * internal/service/ec2/vpc_security_group.go, vpc_security_group_ingress_rule.go (whose plan also replaces a rule that
 * changes the kind of its source: EC2's ModifySecurityGroupRules cannot) and vpc_endpoint.go.
 */
import type { Props } from "../../rpc/values";
import type { Emulation, Table } from "../../table/emulation";
import { account, arnOfId, ec2Id } from "../forms";
import { exactlyOne } from "../../table/limits";

const SOURCES = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

const securityGroupRule: Emulation = {
    id: ec2Id("sgr"),
    outputs: { arn: arnOfId("ec2", "security-group-rule/"), securityGroupRuleId: (r) => r.id },
    replaces: ["securityGroupId"],
    replacesWhen: (before, after) => {
        const [from, to] = [source(before), source(after)];
        return from === to ? [] : [from, to];
    },
    check: exactlyOne(...SOURCES),
};

export const vpcAccess: Table = {
    "aws:ec2/securityGroup:SecurityGroup": {
        id: ec2Id("sg"),
        outputs: {
            arn: arnOfId("ec2", "security-group/"),
            ownerId: account,
            ingress: () => [],
            egress: () => [],
            vpcId: (r) => `vpc-0${r.hex(16, "default")}`,
        },
        autoname: { property: "name", maxLength: 255 },
        defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
        replaces: ["description", "name", "namePrefix", "vpcId"],
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule,
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        id: ec2Id("vpce"),
        outputs: {
            arn: arnOfId("ec2", "vpc-endpoint/"),
            cidrBlocks: () => [],
            dnsEntries: (r) =>
                r.text("vpcEndpointType") === "Interface"
                    ? [
                          {
                              dnsName: `${r.id}.${r.text("serviceName")}.vpce.amazonaws.com`,
                              hostedZoneId: "Z7HUB22UULQXV",
                          },
                      ]
                    : [],
            networkInterfaceIds: (r) =>
                r.list("subnetIds").map((_, index) => `eni-0${r.hex(16, `${index}`)}`),
            ownerId: account,
            policy: () => '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}',
            prefixListId: (r) =>
                r.text("vpcEndpointType", "Gateway") === "Gateway" ? `pl-${r.hex(8)}` : null,
            requesterManaged: () => false,
            state: () => "available",
        },
        changesWith: { networkInterfaceIds: ["subnetIds"] },
        defaults: { vpcEndpointType: "Gateway" },
        replaces: [
            "vpcId",
            "serviceName",
            "serviceNetworkArn",
            "serviceRegion",
            "resourceConfigurationArn",
            "vpcEndpointType",
        ],
    },
};

function source(inputs: Props): string {
    return SOURCES.find((name) => (inputs[name] ?? null) !== null) ?? "";
}
