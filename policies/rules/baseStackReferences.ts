import { settled } from "../configuration";
import { gather, type Finding } from "../finding";
import { memberName } from "../facts/callGraph";
import { fingerprintOf, foreignServices, joinedParts } from "../facts/handOver";
import { ecsServices } from "../facts/sidecar";
import type { Resource, Stack } from "../facts/stack";
import { each, type Rule } from "../rule";

/** A stack that is believed. */
interface BelievedStack {
    /** Its full name, as in `organization/traffic/prod`. */
    readonly stack: string;
    /** What its hand-overs say of themselves: of the mesh, of the edge. None where only its services are called. */
    readonly fingerprints: readonly string[];
    /** Members of its mesh that this program may be. */
    readonly members: readonly string[];
}

const text = { type: "string" as const, minLength: 1 };
const settings = {
    stacks: {
        type: "array" as const,
        default: [] as readonly BelievedStack[],
        items: {
            type: "object" as const,
            additionalProperties: false,
            required: ["stack", "fingerprints", "members"],
            properties: {
                stack: { ...text, pattern: "^[^/\\s*]+/[^/\\s*]+/[^/\\s*]+$" },
                fingerprints: { type: "array" as const, items: { ...text, pattern: "^[0-9a-f]{64}$" } },
                members: { type: "array" as const, items: text },
            },
        },
    },
};

/** What another stack says of a mesh or an edge is believed: so that stack must be one that somebody chose. */
export function baseStackReferences(): Rule {
    return {
        id: "base-stack-references",
        title: "Other stacks that are believed",
        description:
            "Every stack whose mesh or edge the program joins, or whose services it calls, is listed: with what is fixed of it, and with the members that the program may be.",
        clause: "Service-to-service authentication; Access control",
        severity: "critical",
        controls: [],
        remediation:
            "list the stack under stacks, with the fingerprint that its meshHandOver or apiHandOver shows and the members that this program deploys.",
        settings,
        checks: (stack, configured) => {
            const { stacks } = settled(settings, configured);
            const joined = joinedParts(stack);
            return [
                ...each(joined, (part) => isListed(part, stacks)),
                ...each(joined.length === 0 ? [] : ecsServices(stack), (service) =>
                    isAllowed(service, stacks),
                ),
                { judge: () => callsListed(stack, stacks) },
                { judge: () => unused(stack, stacks) },
            ];
        },
    };
}

function isListed(part: Resource, stacks: readonly BelievedStack[]): readonly Finding[] {
    const name = part.props.get("stack");
    const entry = stacks.find(({ stack }) => stack === name.text);
    if (entry === undefined) {
        return [name.finding(wantListed(stacks))];
    }
    return gather(() => {
        const found = fingerprintOf(part);
        const required = `the fingerprint of ${entry.stack}: ${entry.fingerprints.join(", ") || "it has none"}`;
        return part.props.get("anchors").require(entry.fingerprints.includes(found), required, found);
    });
}

/** Where a program may take on identities that another stack has issued, it is told which. */
function isAllowed(service: Resource, stacks: readonly BelievedStack[]): readonly Finding[] {
    const members = stacks.flatMap((entry) => entry.members);
    const name = memberName(service);
    return service.props
        .get("name")
        .require(
            members.includes(name),
            `one of the listed members: ${members.join(", ") || "there is none"}`,
        );
}

function callsListed(stack: Stack, stacks: readonly BelievedStack[]): readonly Finding[] {
    const owners = new Set(foreignServices(stack).map((service) => service.stack));
    return [...owners]
        .filter((owner) => !stacks.some((entry) => entry.stack === owner))
        .map((owner) => ({ at: "contracts", found: owner, required: wantListed(stacks) }));
}

function unused(stack: Stack, stacks: readonly BelievedStack[]): readonly Finding[] {
    const read = new Set([
        ...foreignServices(stack).map((service) => service.stack),
        ...joinedParts(stack).map(({ props }) => props.get("stack").text),
    ]);
    return stacks
        .filter((entry) => !read.has(entry.stack))
        .map((entry) => ({
            at: `stacks "${entry.stack}"`,
            found: "nothing that reads it",
            required: "its removal",
        }));
}

function wantListed(stacks: readonly BelievedStack[]): string {
    return `one of the listed stacks: ${stacks.map(({ stack }) => stack).join(", ") || "there is none"}`;
}
