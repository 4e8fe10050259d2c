import { createHash } from "node:crypto";
import type { Resource, Stack } from "./stack";
import type { Value } from "./value";

const joinedTypes = ["shop:mesh:JoinedMesh", "shop:gateway:JoinedEdge"];
const [joinedMeshType = "", joinedEdgeType = ""] = joinedTypes;
/** Meshes that register what they read of other stacks' services. */
const meshTypes = ["shop:mesh:ServiceMesh", joinedMeshType];

/**
 * Meshes and edges of other stacks that the program joins. The engine shows policies nothing of what a program reads from a
 * stack, so that what they registered counts, and a rule of its own compares it with the configuration.
 */
export function joinedParts(stack: Stack): readonly Resource[] {
    return stack.ofType(...joinedTypes);
}

/** What is fixed of a part that is joined: SHA-256 of its anchors, by their names in order. */
export function fingerprintOf({ props }: Resource): string {
    const anchors = props.get("anchors");
    const lines = [...anchors.fields].sort().map((name) => {
        const anchor = anchors.get(name);
        if (anchor.text === undefined) {
            throw anchor.unjudgeable("text that is known at preview");
        }
        return `${name}=${anchor.text}\n`;
    });
    return createHash("sha256").update(lines.join("")).digest("hex");
}

/** Whether a value is an anchor of the mesh that the program joins. */
export function isOfJoinedMesh(value: Value, stack: Stack, anchor: string): boolean {
    return isAnchor(value, stack.ofType(joinedMeshType), anchor);
}

/** Whether a value is an anchor of the edge that the program joins. */
export function isOfJoinedEdge(value: Value, stack: Stack, anchor: string): boolean {
    return isAnchor(value, stack.ofType(joinedEdgeType), anchor);
}

function isAnchor({ text }: Value, parts: readonly Resource[], anchor: string): boolean {
    return text !== undefined && parts.some(({ props }) => props.get("anchors", anchor).text === text);
}

/** Whether APIs of the program stand behind another stack's edge, whose ingress counts their users. */
export function joinsEdge(stack: Stack): boolean {
    return stack.ofType(joinedEdgeType).length > 0;
}

/** Keys of clients that the edge's own stack has made. */
export function isJoinedKey({ text }: Value, stack: Stack): boolean {
    const keys = stack.ofType(joinedEdgeType).flatMap(({ props }) => {
        const ids = props.get("apiKeyIds");
        return ids.fields.map((client) => ids.get(client).text);
    });
    return text !== undefined && keys.includes(text);
}

/** Names of the parameters with a guest's key: below the member's own path, in the mesh that gave it its identity. */
export function guestKeys(stack: Stack, member: string): readonly string[] {
    return stack.ofType(joinedMeshType).flatMap(({ props }) => {
        const { text } = props.get("anchors", "members");
        return text === undefined ? [] : [`${text}${member}/private-key`];
    });
}

/** Whether a parameter is none of the mesh's that the program joins, its trust, or below the member's own path there. */
export function guestPath(name: string, stack: Stack, member: string): boolean {
    return stack.ofType(joinedMeshType).every(({ props }) => {
        const [members, trust] = [
            props.get("anchors", "members").text,
            props.get("anchors", "trustParameter").text,
        ];
        return (
            members === undefined ||
            !name.startsWith(members) ||
            name === trust ||
            name.startsWith(`${members}${member}/`)
        );
    });
}

/** A service of another stack: whom its owner lets in, and under which names its versions are found. */
export interface ForeignService {
    /** The stack that declares it. */
    readonly stack: string;
    readonly name: string;
    readonly callers: readonly string[];
    readonly deployments: readonly string[];
}

/** Services that other stacks declare, as the program's meshes read them. */
export function foreignServices(stack: Stack): readonly ForeignService[] {
    return stack.ofType(...meshTypes).flatMap(({ props }) => {
        const contracts = props.get("contracts");
        return contracts.fields.flatMap((owner) => {
            const services = contracts.get(owner);
            return services.fields.map((name) => foreignService(owner, name, services.get(name)));
        });
    });
}

function foreignService(stack: string, name: string, service: Value): ForeignService {
    const textOf = ({ text }: Value): readonly string[] => (text === undefined ? [] : [text]);
    const deployments = service.get("deployments").items();
    for (const deployment of deployments) {
        const isNamed = deployment.text === name || deployment.text?.startsWith(`${name}-`) === true;
        if (!isNamed) {
            throw deployment.unjudgeable("a version whose name begins with its service's");
        }
    }
    return {
        stack,
        name,
        callers: service.get("callers").items().flatMap(textOf),
        deployments: deployments.flatMap(textOf),
    };
}
