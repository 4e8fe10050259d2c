/*
 * Replacements: ForceNew and the custom plan of hashicorp/terraform-provider-aws, internal/service/elbv2/*.go: a
 * Network Load Balancer keeps its subnets (only more may be added) and cannot get its first security group later, nor
 * lose its last.
 */
import { isList } from "../../rpc/values";
import type { Props, Value } from "../../rpc/values";
import type { Table } from "../../table/emulation";
import type { Reading } from "../../table/reading";
import { SUFFIX, UPPER } from "../forms";
import { all, atMost, matches, oneOf } from "../../table/limits";

const NAME = matches(
    "name",
    /^(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/,
    "1 to 32 letters, digits and inner hyphens",
);

const PROTOCOLS = ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE"];

export const loadBalancing: Table = {
    "aws:lb/loadBalancer:LoadBalancer": {
        id: (r) => r.arn("elasticloadbalancing", `loadbalancer/${kind(r)}/${r.text("name")}/${r.hex(16)}`),
        outputs: {
            arn: (r) => r.id,
            arnSuffix: (r) => r.id.split(":loadbalancer/").at(-1) ?? "",
            dnsName,
            vpcId: (r) => `vpc-0${r.hex(16, "vpc")}`,
            zoneId: (r) => regionalZone(r, kind(r)),
            ipAddressType: () => "ipv4",
            internal: () => false,
            securityGroups: () => [],
        },
        autoname: { property: "name", maxLength: 32 },
        defaults: { loadBalancerType: "application" },
        replaces: ["name", "namePrefix", "internal", "loadBalancerType", "customerOwnedIpv4Pool"],
        replacesWhen: (before, after) => (isNetwork(after) ? networkReplacements(before, after) : []),
        check: all(NAME, oneOf("loadBalancerType", ["application", "network", "gateway"])),
    },
    "aws:lb/targetGroup:TargetGroup": {
        id: (r) => r.arn("elasticloadbalancing", `targetgroup/${r.text("name")}/${r.hex(16)}`),
        outputs: {
            arn: (r) => r.id,
            arnSuffix: (r) => `targetgroup/${r.id.split(":targetgroup/").at(-1) ?? ""}`,
            loadBalancerArns: () => [],
            ipAddressType: () => "ipv4",
        },
        autoname: { property: "name", maxLength: 32 },
        defaults: { targetType: "instance" },
        replaces: [
            "name",
            "namePrefix",
            "ipAddressType",
            "port",
            "protocol",
            "protocolVersion",
            "targetType",
            "vpcId",
        ],
        check: all(NAME, oneOf("targetType", ["instance", "ip", "lambda", "alb"])),
    },
    "aws:lb/listener:Listener": {
        id: (r) => `${r.text("loadBalancerArn").replace(":loadbalancer/", ":listener/")}/${r.hex(16)}`,
        outputs: {
            arn: (r) => r.id,
            sslPolicy: (r) => (r.text("protocol") === "TLS" ? "ELBSecurityPolicy-2016-08" : ""),
        },
        replaces: ["loadBalancerArn"],
        check: all(atMost("defaultActions", 5), oneOf("protocol", PROTOCOLS)),
    },
};

function kind(reading: Reading): string {
    const type = reading.text("loadBalancerType", "application");
    return type === "network" ? "net" : type === "gateway" ? "gwy" : "app";
}

function dnsName(reading: Reading): string {
    const name = reading.text("name");
    const code = reading.id.split("/").at(-1) ?? "";
    if (kind(reading) === "net") {
        return `${name}-${code}.elb.${reading.region}.${SUFFIX}`;
    }
    const prefix = reading.text("internal") === "true" ? "internal-" : "";
    return `${prefix}${name}-${parseInt(code.slice(0, 8), 16)}.${reading.region}.elb.${SUFFIX}`;
}

/** Load balancers of one kind share a hosted zone in each region. */
function regionalZone(reading: Reading, type: string): string {
    const letters = `${reading.region}${type}`
        .split("")
        .map((letter) => UPPER.charAt(letter.charCodeAt(0) % UPPER.length));
    return `Z${letters.join("").slice(0, 13)}`;
}

function isNetwork({ loadBalancerType }: Props): boolean {
    return loadBalancerType === "network";
}

function networkReplacements(before: Props, after: Props): readonly string[] {
    const [had, has] = [items(before.securityGroups), items(after.securityGroups)];
    const firstOrLast = (had.length === 0) !== (has.length === 0);
    const subnets = items(after.subnets);
    const removed = items(before.subnets).some((subnet) => !subnets.includes(subnet));
    return [...(firstOrLast ? ["securityGroups"] : []), ...(removed ? ["subnets"] : [])];
}

function items(value: Value | undefined): readonly Value[] {
    return isList(value) ? value : [];
}
