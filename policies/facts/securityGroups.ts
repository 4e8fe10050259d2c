import { idsOf } from "./gateway/apis";
import type { Resource, Stack } from "./stack";
import type { Value } from "./value";

export const securityGroupType = "aws:ec2/securityGroup:SecurityGroup";
const inlineTypes = [securityGroupType, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const olderType = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** What a security group lets in or out, whichever resource says so. */
export interface Opening {
    readonly subject: Resource;
    readonly direction: "in" | "out";
    /** Name of the group that it belongs to, or not where it is none of this program's. */
    readonly group: Resource | undefined;
    readonly message: Value;
    readonly protocol: Value;
    readonly from: Value;
    readonly to: Value;
    /** Address ranges that are open. */
    readonly ranges: readonly Value[];
}

export function openings(stack: Stack): readonly Opening[] {
    return [
        ...stack.ofType(...inlineTypes).flatMap(inline),
        ...stack.ofType(ingressType).map((rule) => separate(rule, "in", stack)),
        ...stack.ofType(egressType).map((rule) => separate(rule, "out", stack)),
        ...stack
            .ofType(olderType)
            .map((rule) => separate(rule, rule.props.get("type").text === "egress" ? "out" : "in", stack)),
    ];
}

function inline(group: Resource): readonly Opening[] {
    const directions = [
        ["ingress", "in"],
        ["egress", "out"],
    ] as const;
    return directions.flatMap(([property, direction]) =>
        group.isComputed(property)
            ? []
            : group.props
                  .get(property)
                  .items()
                  .map((message) => ({
                      subject: group,
                      direction,
                      group,
                      ...facts(message, message.get("protocol")),
                  })),
    );
}

function separate(rule: Resource, direction: "in" | "out", stack: Stack): Opening {
    const { props } = rule;
    const protocol = rule.type === olderType ? props.get("protocol") : props.get("ipProtocol");
    return { subject: rule, direction, group: groupOf(rule, stack), ...facts(props, protocol) };
}

function facts(
    message: Value,
    protocol: Value,
): Pick<Opening, "message" | "protocol" | "from" | "to" | "ranges"> {
    const lists = ["cidrBlocks", "ipv6CidrBlocks"].flatMap((name) => message.get(name).items());
    const single = ["cidrIpv4", "cidrIpv6"].map((name) => message.get(name));
    return {
        message,
        protocol,
        from: message.get("fromPort"),
        to: message.get("toPort"),
        ranges: [...lists, ...single.filter(({ isMissing }) => !isMissing)],
    };
}

function groupOf(rule: Resource, stack: Stack): Resource | undefined {
    const [source, ...others] = rule.sources("securityGroupId", securityGroupType);
    const id = rule.props.get("securityGroupId");
    if (id.text !== undefined) {
        return stack.ofType(securityGroupType).find((group) => idsOf(group).includes(id.text));
    }
    return others.length === 0 ? source : undefined;
}
