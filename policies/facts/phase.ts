import type { Resource, Stack } from "./stack";

export const meshType = "shop:mesh:ServiceMesh";

/** How far the stack's migration is, as its mesh registered it; whether it may be there is `migration-phase`'s to say. */
export interface Phase {
    readonly number: 1 | 2 | 3;
    /** Whether every task must have a proxy. */
    readonly proxies: boolean;
    readonly plainCalls: boolean;
    /** Whether API Gateway may still reach applications around their proxies. */
    readonly plainEntrance: boolean;
}

const complete: Phase = { number: 3, proxies: true, plainCalls: false, plainEntrance: false };

/** Everything is required of a stack whose phase cannot be told: without a mesh, with two, or with another value. */
export function phaseOf(stack: Stack): Phase {
    const [mesh, ...others] = stack.ofType(meshType);
    return mesh === undefined || others.length > 0 ? complete : (registeredPhase(mesh) ?? complete);
}

export function registeredPhase({ props }: Resource): Phase | undefined {
    const [number, calls] = [props.get("phase").number, props.get("calls").text];
    const plainCalls = calls === "plain text";
    if (!plainCalls && calls !== "mesh") {
        return undefined;
    }
    if (number === 1 && plainCalls) {
        return { number, proxies: false, plainCalls, plainEntrance: true };
    }
    if (number === 2) {
        return { number, proxies: true, plainCalls, plainEntrance: true };
    }
    return number === 3 && !plainCalls ? complete : undefined;
}
