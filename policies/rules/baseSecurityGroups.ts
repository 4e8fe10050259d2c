import type { Finding } from "../finding";
import { openings, type Opening } from "../facts/securityGroups";
import type { Value } from "../facts/value";
import type { Rule } from "../rule";

const privateRanges = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/i;

/** ADR-003, "Layered security": the network lets through what the mesh needs. */
export function baseSecurityGroups(): Rule {
    return {
        id: "base-security-groups",
        title: "No security group open to the world",
        description:
            "No security group rule, inline or separate, names an address range outside private ones or every port.",
        clause: "Layered security approach",
        severity: "critical",
        controls: [
            "Security Hub EC2.13",
            "Security Hub EC2.14",
            "Security Hub EC2.18",
            "Security Hub EC2.19",
            "cdk-nag AwsSolutions-EC23",
        ],
        remediation: "name the security group that may call, and its one port.",
        settings: {},
        checks: (stack) => {
            const all = openings(stack);
            return all.map((opening) => ({ subject: opening.subject, judge: () => closed(opening) }));
        },
    };
}

function closed({ direction, group, protocol, from, to, ranges, message }: Opening): readonly Finding[] {
    const isNarrow = protocol.text === "tcp" && from.number !== undefined && from.number === to.number;
    const prefixList = message.get("prefixListId");
    return [
        ...(group === undefined
            ? [message.get("securityGroupId").finding("a security group of this program, which is judged")]
            : []),
        ...ranges.flatMap((range) =>
            range.require(isPrivate(range), "a private address range, or a security group"),
        ),
        ...protocol.require(isNarrow, "one tcp port", `${protocol.shown} ${from.shown} to ${to.shown}`),
        ...(direction === "in"
            ? prefixList.require(prefixList.isMissing, "a security group: prefix lists may hold any address")
            : []),
    ];
}

/** The whole range is private: a shorter prefix would reach beyond. */
function isPrivate({ text = "" }: Value): boolean {
    const bits = Number(/\/(\d+)$/.exec(text)?.[1] ?? "0");
    const least = text.includes(":") ? 7 : text.startsWith("10.") ? 8 : text.startsWith("172.") ? 12 : 16;
    return privateRanges.test(text) && bits >= least;
}
