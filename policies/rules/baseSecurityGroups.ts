import { settled } from "../configuration";
import type { Finding } from "../finding";
import { isEndpointsList, isOwnGroup, openings, type Opening } from "../facts/securityGroups";
import type { Value } from "../facts/value";
import { isOverdue, reviewedList, staleEntries, type Review } from "../review";
import type { Rule } from "../rule";

/** A list of address ranges that AWS made for a service, or that somebody answers for. */
interface PrefixList extends Review {
    readonly id: string;
}
const settings = {
    prefixLists: reviewedList<PrefixList>({
        id: {
            type: "string",
            pattern: "^pl-[0-9a-f]{8,17}$",
            description: "Id of the list, as in pl-6ea54007.",
        },
    }),
};

const privateRanges = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/i;

/** ADR-003, "Layered security": the network lets through what the mesh needs. */
export function baseSecurityGroups(): Rule {
    return {
        id: "base-security-groups",
        title: "No security group open to the world",
        description:
            "No security group rule, inline or separate, names an address range outside private ones, somebody else's group or list of ranges, or every port.",
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
        settings,
        checks: (stack, configured) => {
            const { prefixLists } = settled(settings, configured);
            const allowed = prefixLists.filter((entry) => !isOverdue(entry)).map(({ id }) => id);
            const all = openings(stack);
            const isUsed = ({ id }: PrefixList): boolean =>
                all.some(({ lists }) => lists.some(({ text }) => text === id));
            return [
                ...all.map((opening) => ({
                    subject: opening.subject,
                    judge: () => [...closed(opening), ...listed(opening, allowed)],
                })),
                { judge: () => staleEntries("prefixLists", prefixLists, isUsed, ({ id }) => id) },
            ];
        },
    };
}

function closed(opening: Opening): readonly Finding[] {
    const { direction, from, group, groups, message, protocol, ranges, to } = opening;
    const isNarrow = protocol.text === "tcp" && from.number !== undefined && from.number === to.number;
    return [
        ...(group === undefined
            ? [message.get("securityGroupId").finding("a security group of this program, which is judged")]
            : []),
        ...ranges.flatMap((range) =>
            range.require(isPrivate(range), "a private address range, or a security group"),
        ),
        ...protocol.require(isNarrow, "one tcp port", `${protocol.shown} ${from.shown} to ${to.shown}`),
        ...(direction === "in"
            ? groups.flatMap((id) =>
                  id.require(
                      isOwnGroup(id, opening),
                      "a security group of this program: others let in whom they like",
                  ),
              )
            : []),
    ];
}

/** Prefix lists may hold any address: nobody is let in by one, and out only to what AWS keeps. */
function listed(opening: Opening, allowed: readonly string[]): readonly Finding[] {
    return opening.lists.flatMap((id) =>
        opening.direction === "in"
            ? [id.finding("a security group: prefix lists may hold any address")]
            : id.require(
                  isEndpointsList(id, opening) || allowed.includes(id.text ?? ""),
                  "the list of a gateway endpoint of this program, or one of prefixLists",
              ),
    );
}

/** The whole range is private: a shorter prefix would reach beyond. */
function isPrivate({ text = "" }: Value): boolean {
    const bits = Number(/\/(\d+)$/.exec(text)?.[1] ?? "0");
    const least = text.includes(":") ? 7 : text.startsWith("10.") ? 8 : text.startsWith("172.") ? 12 : 16;
    return privateRanges.test(text) && bits >= least;
}
