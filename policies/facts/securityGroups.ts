import { idsOf } from "./gateway/apis";
import { isOfJoinedMesh } from "./handOver";
import type { Resource, Stack } from "./stack";
import type { Value } from "./value";

export const securityGroupType = "aws:ec2/securityGroup:SecurityGroup";
const inlineTypes = [securityGroupType, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
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
    /** Lists of address ranges that are open, by their ids. */
    readonly lists: readonly Value[];
    /** Groups that are let in or out to, by their ids. */
    readonly groups: readonly Value[];
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
): Pick<Opening, "message" | "protocol" | "from" | "to" | "ranges" | "lists" | "groups"> {
    const all = (several: readonly string[], single: readonly string[]): readonly Value[] => [
        ...several.flatMap((name) => message.get(name).items()),
        ...single.map((name) => message.get(name)).filter(({ isMissing }) => !isMissing),
    ];
    return {
        message,
        protocol,
        from: message.get("fromPort"),
        to: message.get("toPort"),
        ranges: all(["cidrBlocks", "ipv6CidrBlocks"], ["cidrIpv4", "cidrIpv6"]),
        lists: all(["prefixListIds"], ["prefixListId"]),
        groups: all(["securityGroups"], ["sourceSecurityGroupId", "referencedSecurityGroupId"]),
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

/** Whether a group that a rule names is one of the program's, or that of the mesh that it joins. */
export function isOwnGroup(id: Value, { subject }: Opening): boolean {
    const { program } = subject;
    const [property = ""] = id.path.split("[");
    return id.isUnknown
        ? subject.sources(property, securityGroupType).length > 0
        : program.ofType(securityGroupType).some((group) => idsOf(group).includes(id.text)) ||
              isOfJoinedMesh(id, program, "securityGroupId");
}

/**
 * Whether a list of address ranges is AWS's own for a service, as a gateway endpoint of the program names it. Whose another list is, and
 * what it holds, only AWS knows: customers' own lists have ids that look the same.
 */
export function isEndpointsList(id: Value, { subject }: Opening): boolean {
    const gateways = (endpoints: readonly Resource[]): readonly Resource[] =>
        endpoints.filter(({ props }) => props.get("vpcEndpointType").text === "Gateway");
    if (!id.isUnknown) {
        return gateways(subject.program.ofType(endpointType)).some(
            ({ props }) => id.text !== undefined && props.get("prefixListId").text === id.text,
        );
    }
    const sources = subject.sources(id.path, endpointType);
    return sources.length === 1 && gateways(sources).length === 1;
}
